package dev.orchard.storage.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
}
