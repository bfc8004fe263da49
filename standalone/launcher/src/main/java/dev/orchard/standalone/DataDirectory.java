package dev.orchard.standalone;

import dev.orchard.infrastructure.process.OrchardHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one directory that holds all that Orchard keeps. It is ours alone while it is open. */
final class DataDirectory implements AutoCloseable {
    private static final int FORMAT = 1;
    private static final String VERSION = "version";
    private static final String UNFINISHED = "restoring";
    private static final long NEEDED_BYTES = 256L << 20;

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Made if it is not there. Refuses what another process uses, a newer Orchard wrote, or cannot be written. */
    static DataDirectory open(Path root) throws StartException {
        try {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            DataDirectory data = new DataDirectory(root.toRealPath(), lock(root.resolve("lock")));
            data.checkFormat();
            data.checkSpace();
            return data;
        } catch (IOException e) {
            throw new StartException("the data directory " + root + " cannot be written: " + reason(e));
        }
    }

    /** One that holds nothing yet, and cannot be used by anybody until {@link #finish()}. */
    static DataDirectory openEmpty(Path root) throws StartException {
        try {
            if (Files.isDirectory(root) && !isEmpty(root)) {
                throw new StartException("the data directory " + root + " is not empty: restore into a new one");
            }
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            DataDirectory data = new DataDirectory(root.toRealPath(), lock(root.resolve("lock")));
            Files.writeString(root.resolve(VERSION), UNFINISHED + "\n");
            data.checkSpace();
            return data;
        } catch (IOException e) {
            throw new StartException("the data directory " + root + " cannot be written: " + reason(e));
        }
    }

    /** From now on it is a data directory like any other. */
    void finish() throws IOException {
        PrivateFile.write(root.resolve(VERSION), FORMAT + "\n");
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> present = Files.list(folder)) {
            return present.findAny().isEmpty();
        }
    }

    private static FileChannel lock(Path file) throws IOException, StartException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StartException("another Orchard already runs on the data directory " + file.getParent());
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void checkFormat() throws IOException, StartException {
        Path version = root.resolve(VERSION);
        if (!Files.exists(version)) {
            Files.writeString(version, FORMAT + "\n");
            return;
        }
        String found = Files.readString(version).strip();
        if (found.equals(UNFINISHED)) {
            throw new StartException("the data directory " + root
                    + " was not restored to the end: delete it, and restore the backup into a new one");
        }
        if (!found.equals(Integer.toString(FORMAT))) {
            throw new StartException("the data directory " + root + " has format '" + found
                    + "', and this Orchard knows format " + FORMAT + ": start it with the version that wrote it");
        }
    }

    /** A disk that is full takes an empty file and no bytes. */
    private void checkSpace() throws IOException, StartException {
        Path trial = root.resolve("trial");
        try {
            Files.write(trial, new byte[1 << 16], StandardOpenOption.CREATE, StandardOpenOption.DSYNC);
        } finally {
            Files.deleteIfExists(trial);
        }
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < NEEDED_BYTES) {
            throw new StartException("the disk of the data directory " + root + " is full: " + (free >> 20)
                    + " MiB are free, " + (NEEDED_BYTES >> 20) + " MiB are needed");
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    Path root() {
        return root;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /** What can be made again from the build lies with it, for all data directories, if that place is ours to write. */
    Path cache(OrchardHome home, String name) {
        Path built = home.root().resolve("standalone/launcher/target");
        return Files.isWritable(built)
                ? built.resolve(name)
                : root.resolve("cache").resolve(name);
    }

    Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    StateFile stateFile() {
        return new StateFile(root.resolve("run/state.json"));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
