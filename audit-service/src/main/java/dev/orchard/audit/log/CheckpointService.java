package dev.orchard.audit.log;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.SigningKey;
import dev.orchard.transparency.TreeEdge;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Checkpoints: signed and kept, and read again from the store with the eyes of somebody who trusts the key alone. */
@Service
class CheckpointService {
    /** More than three lines and a signature can have. */
    private static final int LONGEST_NOTE = 16 * 1024;

    private final PostgresLogStore store;
    private final LogBlobClient blobs;
    private final SigningKey key;

    CheckpointService(PostgresLogStore store, LogBlobClient blobs, SigningKey key) {
        this.store = store;
        this.blobs = blobs;
        this.key = key;
    }

    /** A checkpoint as the store holds it. */
    record Found(Checkpoint checkpoint, String note) {}

    /** The checkpoint of this number in the store; one that this log's key has not signed is a refusal. */
    Optional<Found> find(long n) throws LogRefusedException {
        var bytes = blobs.find(path(n), LONGEST_NOTE);
        return bytes.isPresent()
                ? Optional.of(open(n, new String(bytes.get(), StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    /** Requires that a checkpoint of the database is this log's, and that the store has the same one. */
    void require(SignedCheckpoint expected) throws LogRefusedException {
        var checkpoint = open(expected.n(), expected.note()).checkpoint();
        if (checkpoint.size() != expected.size() || !checkpoint.root().equals(expected.root())) {
            throw new LogRefusedException(
                    "the database's checkpoint " + expected.n() + " is not the one that was signed");
        }
        var kept = blobs.find(path(expected.n()), LONGEST_NOTE)
                .orElseThrow(() -> new LogRefusedException("the store has lost checkpoint " + expected.n()));
        if (!Arrays.equals(kept, expected.note().getBytes(StandardCharsets.UTF_8))) {
            throw new LogRefusedException("the store has another checkpoint " + expected.n() + " than the database");
        }
    }

    /** Signs the tree and keeps the checkpoint, in the store first; false if another one has its number there. */
    boolean sign(long n, TreeEdge tree) {
        var checkpoint = new Checkpoint(key.verifier().name(), tree.size(), tree.root());
        String note = key.sign(checkpoint.text());
        if (!blobs.keep(path(n), note.getBytes(StandardCharsets.UTF_8))) {
            return false;
        }
        store.add(n, checkpoint, note);
        return true;
    }

    private Found open(long n, String note) throws LogRefusedException {
        try {
            return new Found(Checkpoint.open(note, key.verifier()), note);
        } catch (IllegalArgumentException e) {
            throw new LogRefusedException("checkpoint " + n + " is not signed by this log's key: " + e.getMessage());
        }
    }

    private static String path(long n) {
        return "checkpoint/" + n;
    }
}
