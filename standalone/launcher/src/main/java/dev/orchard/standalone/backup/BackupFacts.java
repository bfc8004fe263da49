package dev.orchard.standalone.backup;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a backup says of itself, in its file {@code backup}. That is written last: without it there is no backup.
 *
 * @param version of the Orchard that made it
 * @param takenAt the point in time that it holds
 * @param files how many there are
 * @param bytes how many they have together
 * @param filesSha256 of the list of files, which has the digest of each
 * @param foldersSha256 of the list of folders
 */
public record BackupFacts(
        String version, String takenAt, long files, long bytes, String filesSha256, String foldersSha256) {
    static final String FILE = "backup";
    private static final String FORMAT = "1";

    void write(Path backup) throws IOException {
        String text = """
                format=%s
                orchard=%s
                taken_at=%s
                files=%d
                bytes=%d
                files.sha256=%s
                folders=%s
                """.formatted(FORMAT, version, takenAt, files, bytes, filesSha256, foldersSha256);
        Path fresh = backup.resolve(FILE + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, backup.resolve(FILE));
    }

    /** @throws BackupException if there is no whole backup, or one of a format that this version does not know */
    static BackupFacts read(Path backup) throws IOException, BackupException {
        Path file = backup.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new BackupException(backup + " holds no backup that came to its end: the file '" + FILE
                    + "', which is written last, is not there");
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            facts.load(reader);
        }
        String format = facts.getProperty("format", "none");
        if (!format.equals(FORMAT)) {
            throw new BackupException("the backup in " + backup + " has format '" + format
                    + "', and this Orchard knows format " + FORMAT + ": restore it with the version that made it, "
                    + facts.getProperty("orchard", "which it does not name"));
        }
        try {
            return new BackupFacts(
                    get(facts, "orchard"),
                    get(facts, "taken_at"),
                    Long.parseLong(get(facts, "files")),
                    Long.parseLong(get(facts, "bytes")),
                    get(facts, "files.sha256"),
                    get(facts, "folders"));
        } catch (IllegalArgumentException e) {
            throw new BackupException("the file " + file + " is damaged: " + e.getMessage());
        }
    }

    private static String get(Properties facts, String name) {
        String value = facts.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("it does not say " + name);
        }
        return value;
    }
}
