package dev.orchard.standalone.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Makes a data directory of a backup, and believes nothing of it that it has not checked.
 *
 * @param from the backup
 */
public record Restore(Path from) {
    private static final int DIGEST = 64;

    /**
     * Fills a data directory; all of it is on the disk when this returns.
     *
     * @throws BackupException if the backup is not whole: what is in the directory by then is of no use
     */
    public BackupFacts into(Path data) throws IOException, BackupException {
        BackupFacts facts = BackupFacts.read(from);
        requireList(BackupFolder.FILES, facts.filesSha256());
        requireList(BackupFolder.FOLDERS, facts.foldersSha256());
        try (BufferedReader folders = Files.newBufferedReader(from.resolve(BackupFolder.FOLDERS))) {
            for (String name = folders.readLine(); name != null; name = folders.readLine()) {
                Sha256Copy.makeFolder(within(data, name));
            }
        }
        long bytes = 0;
        try (BufferedReader files = Files.newBufferedReader(from.resolve(BackupFolder.FILES))) {
            for (String line = files.readLine(); line != null; line = files.readLine()) {
                bytes += copy(line.substring(0, DIGEST), line.substring(DIGEST + 2), data);
            }
        }
        if (bytes != facts.bytes()) {
            throw new BackupException(
                    "the backup in " + from + " has " + bytes + " bytes, and should have " + facts.bytes());
        }
        Disk.sync(data);
        return facts;
    }

    /** Once this has passed, what the list says can be believed. */
    private void requireList(String name, String sha256) throws IOException, BackupException {
        Path list = from.resolve(name);
        if (!Files.isRegularFile(list) || !Sha256Copy.digest(list).equals(sha256)) {
            throw new BackupException("the backup is damaged: " + list + " is not the list that was written");
        }
    }

    private long copy(String sha256, String name, Path data) throws IOException, BackupException {
        Path source = from.resolve(name);
        try {
            Path target = within(data, name.substring(BackupFolder.DATA.length() + 1));
            Sha256Copy copy = Sha256Copy.of(source, target);
            if (copy.hex().equals(sha256)) {
                return copy.bytes();
            }
        } catch (NoSuchFileException e) {
            throw new BackupException("the backup is damaged: " + source + " is missing");
        }
        throw new BackupException("the backup is damaged: " + source + " is not as it was written");
    }

    private Path within(Path data, String name) throws BackupException {
        Path path = data.resolve(name).normalize();
        if (!path.startsWith(data)) {
            throw new BackupException("the backup in " + from + " names a file outside of the data directory: " + name);
        }
        return path;
    }
}
