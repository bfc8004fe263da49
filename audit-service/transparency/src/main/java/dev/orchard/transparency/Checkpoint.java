package dev.orchard.transparency;

/**
 * What a log was at a size, as C2SP tlog-checkpoint writes it, without extension lines.
 *
 * @param origin the log's name, which is also its key's: one line, not empty
 * @param size how many entries
 */
public record Checkpoint(String origin, long size, Hash root) {
    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0) {
            throw new IllegalArgumentException("a checkpoint names its log in one line, and has a size");
        }
    }

    /** @throws IllegalArgumentException if it is no checkpoint in its one spelling */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4) {
            throw new IllegalArgumentException("a checkpoint has three lines");
        }
        var checkpoint = new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.of(Base64Text.decode(lines[2])));
        if (checkpoint.size < 0 || !checkpoint.text().equals(text)) {
            throw new IllegalArgumentException("the checkpoint is not in its one spelling");
        }
        return checkpoint;
    }

    /**
     * The checkpoint of a signed note.
     *
     * @throws IllegalArgumentException if this key did not sign it, or it is of another log
     */
    public static Checkpoint open(String note, VerifierKey key) {
        var checkpoint = parse(key.verify(note));
        if (!checkpoint.origin.equals(key.name())) {
            throw new IllegalArgumentException("it is of another log, " + checkpoint.origin);
        }
        return checkpoint;
    }

    /** Three lines, each with its newline: what is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
