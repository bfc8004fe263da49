package dev.orchard.standalone.backup;

/** What keeps a backup from being made or restored, said in one line to the person who asked for it. */
public final class BackupException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String line;

    public BackupException(String line) {
        super(line);
        this.line = line;
    }

    public String line() {
        return line;
    }
}
