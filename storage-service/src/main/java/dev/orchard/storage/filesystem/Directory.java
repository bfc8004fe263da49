package dev.orchard.storage.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** What a file system promises of a directory only when it is asked to. */
final class Directory {
    private Directory() {}

    /** Makes a directory and those above it, durably, as far as they are not there. */
    static void create(Path directory) throws IOException {
        Path above = directory.getParent();
        if (above != null && !Files.isDirectory(directory)) {
            create(above);
            Files.createDirectories(directory);
            sync(above);
        }
    }

    /** Makes durable which names all directories hold from one down to another below it. */
    static void sync(Path from, Path to) throws IOException {
        sync(from);
        Path directory = from;
        for (Path name : from.relativize(to)) {
            directory = directory.resolve(name);
            sync(directory);
        }
    }

    /** Makes durable which names the directory holds (fsync). */
    static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a directory and the files in it, also where another does the same at the same time. */
    static void remove(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(directory);
    }

    /** Removes from a directory what was last touched before this time: files, and directories of files. */
    static void removeOlder(Path directory, Instant than) throws IOException {
        try (var entries =
                Files.newDirectoryStream(directory, entry -> lastTouched(entry).isBefore(than))) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    remove(entry);
                } else {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    /** When a file was written, or a directory got or lost a name; never, for what has just gone. */
    static Instant lastTouched(Path entry) throws IOException {
        try {
            return Files.getLastModifiedTime(entry).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }
}
