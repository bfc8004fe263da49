package dev.orchard.standalone.backup;

import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A backup on its way: {@code data} mirrors the data directory, {@code files.sha256} lists its files as
 * {@code sha256sum -c} reads them, {@code folders} its folders, of which some are empty.
 */
final class BackupFolder implements AutoCloseable {
    static final String DATA = "data";
    static final String FILES = "files.sha256";
    static final String FOLDERS = "folders";

    private final Path root;
    private final BufferedWriter files;
    private final BufferedWriter folders;
    private long count;
    private long bytes;

    private BackupFolder(Path root) throws IOException {
        this.root = root;
        this.files = Files.newBufferedWriter(root.resolve(FILES));
        this.folders = Files.newBufferedWriter(root.resolve(FOLDERS));
    }

    /** @throws BackupException if there is anything in the folder */
    static BackupFolder create(Path root) throws IOException, BackupException {
        Sha256Copy.makeFolder(root);
        try (Stream<Path> present = Files.list(root)) {
            if (present.findAny().isPresent()) {
                throw new BackupException(root + " is not empty: each backup needs a folder of its own");
            }
        }
        return new BackupFolder(root);
    }

    /** Whether a file of this name was copied before. */
    boolean holds(String name) {
        return Files.exists(root.resolve(DATA).resolve(name));
    }

    /** Copies a file; one that is deleted at this moment is passed over, and the answer is false. */
    boolean copy(Path source, String name) throws IOException {
        try {
            add(name, Sha256Copy.of(source, root.resolve(DATA).resolve(name)));
            return true;
        } catch (NoSuchFileException e) {
            if (Files.exists(source)) {
                throw e;
            }
            return false;
        }
    }

    void write(String name, String content) throws IOException {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        add(
                name,
                Sha256Copy.of(new ByteArrayInputStream(text), root.resolve(DATA).resolve(name)));
    }

    void addFolder(String name) throws IOException {
        requirePlain(name);
        folders.write(name);
        folders.write('\n');
    }

    private void add(String name, Sha256Copy copy) throws IOException {
        requirePlain(name);
        files.write(copy.hex() + "  " + DATA + "/" + name + "\n");
        count++;
        bytes += copy.bytes();
    }

    /** The lists have a line for each name, and nothing in them is quoted. */
    private static void requirePlain(String name) throws IOException {
        if (name.contains("\n") || name.contains("\\")) {
            throw new IOException("a name that cannot be listed: " + name);
        }
    }

    /** All that was copied is on the disk before the file is written that makes it a backup. */
    BackupFacts finish(String version, String takenAt) throws IOException {
        close();
        sync();
        BackupFacts facts = new BackupFacts(
                version,
                takenAt,
                count,
                bytes,
                Sha256Copy.digest(root.resolve(FILES)),
                Sha256Copy.digest(root.resolve(FOLDERS)));
        facts.write(root);
        sync();
        return facts;
    }

    private void sync() throws IOException {
        Disk.sync(root);
    }

    @Override
    public void close() throws IOException {
        files.close();
        folders.close();
    }
}
