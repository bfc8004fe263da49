package dev.orchard.transparency.verify;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.VerifierKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Checks a whole log: its signature, its tree, what it was before, and its epochs. */
final class Verifier {
    private final LogFiles files;
    private final BundleReader reader;
    private final VerifierKey key;
    private final Optional<Checkpoint> older;

    /** @param older what the log was once, by somebody who kept it */
    Verifier(LogFiles files, BundleReader reader, VerifierKey key, Optional<Checkpoint> older) {
        this.files = files;
        this.reader = reader;
        this.key = key;
        this.older = older;
    }

    /**
     * Reads the log once, and once more if it disclaims records.
     *
     * @throws TamperedException if it is not what was signed; the message names the first record that is wrong
     * @throws UnverifiableException if it cannot be told
     */
    Summary verify() throws TamperedException {
        var signed = signed();
        if (older.isPresent() && older.get().size() > signed.size()) {
            throw new TamperedException("checkpoint: the log has " + signed.size() + " entries, and had "
                    + older.get().size() + ": it was set back");
        }
        var recount = recount(signed, Map.of());
        if (recount.missedGhosts()) {
            recount = recount(signed, recount.ghosts());
        }
        return new Summary(signed, recount.end(), files.countStrangers(signed.size()));
    }

    private Checkpoint signed() throws TamperedException {
        byte[] note = files.find("checkpoint").orElseThrow(() -> new UnverifiableException("there is no checkpoint"));
        try {
            return checkpoint(note, key);
        } catch (IllegalArgumentException e) {
            throw new TamperedException("checkpoint: " + e.getMessage());
        }
    }

    private Recount recount(Checkpoint signed, Map<Long, Entry.Ghost> ghosts) throws TamperedException {
        var recount = new Recount(ghosts);
        new TreeCheck(files, reader, signed, older).run(recount::add);
        return recount;
    }

    /** @throws IllegalArgumentException if it is not one that this key signed for its own log */
    static Checkpoint checkpoint(byte[] note, VerifierKey key) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note));
            return Checkpoint.open(text.toString(), key);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }
}
