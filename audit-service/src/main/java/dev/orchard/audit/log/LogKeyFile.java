package dev.orchard.audit.log;

import dev.orchard.transparency.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The file that holds the log's signing key, which nobody but its owner can read. */
record LogKeyFile(Path path) {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final FileAttribute<?> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    LogKeyFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** @throws IllegalStateException if the file is no key, or others can read it */
    SigningKey read() {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(path))) {
                throw new IllegalStateException(
                        "the key of the log, " + path + ", is not its owner's alone: chmod 600 it");
            }
            return SigningKey.parse(Files.readString(path).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the key of the log, " + path + ", cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the key of the log, " + path + ", is no signing key", e);
        }
    }

    /** Writes the key where there is none: durable, and whole or not at all. A key that came first stays. */
    void create(SigningKey key) {
        try {
            Path directory = Objects.requireNonNull(path.getParent());
            makeDirectory(directory);
            Path fresh = directory.resolve(path.getFileName() + "." + UUID.randomUUID());
            try {
                write(fresh, key.text() + "\n");
                Files.createLink(path, fresh); // unlike a rename, it never replaces
            } catch (FileAlreadyExistsException e) {
                return;
            } finally {
                Files.deleteIfExists(fresh);
            }
            sync(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the key of the log, " + path + ", cannot be written", e);
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        Path above = directory.getParent();
        if (above != null && !Files.isDirectory(directory)) {
            makeDirectory(above);
            Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
            sync(above);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createFile(file, OWNER_ONLY_FILE);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
