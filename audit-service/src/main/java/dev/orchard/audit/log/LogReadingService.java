package dev.orchard.audit.log;

import dev.orchard.transparency.SigningKey;
import dev.orchard.transparency.TilePath;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Gives out the log: what a checkpoint covers, and nothing that is on its way to become part of it. */
@Service
class LogReadingService {
    private final PostgresLogStore store;
    private final LogBlobClient blobs;
    private final SigningService signing;
    private final String key;

    LogReadingService(PostgresLogStore store, LogBlobClient blobs, SigningService signing, SigningKey key) {
        this.store = store;
        this.signing = signing;
        this.blobs = blobs;
        this.key = key.verifier().text();
    }

    /** The public key, as C2SP signed-note writes it. */
    String key() {
        return key;
    }

    /** The latest checkpoint. The first one is signed when it is asked for: whoever has just begun need not wait. */
    Optional<SignedCheckpoint> findLatest() {
        var latest = store.findLatest();
        if (latest.isEmpty()) {
            signing.sign(true);
            latest = store.findLatest();
        }
        return latest;
    }

    Optional<SignedCheckpoint> find(long n) {
        return store.find(n);
    }

    /** Opens a tile or a bundle of entries that the latest checkpoint covers; whoever reads it closes it. */
    Optional<OpenPiece> open(TilePath path) {
        return store.findLatest()
                .filter(latest -> covers(latest.size(), path))
                .flatMap(latest -> blobs.open(path.toString()));
    }

    private static boolean covers(long size, TilePath path) {
        int level = Math.max(path.level(), 0);
        long hashes = 8 * level < Long.SIZE ? size >> (8 * level) : 0;
        long partial = hashes / TilePath.FULL;
        return path.index() == partial ? path.width() <= hashes % TilePath.FULL : path.index() < partial;
    }
}
