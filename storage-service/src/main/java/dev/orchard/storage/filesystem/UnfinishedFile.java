package dev.orchard.storage.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file elsewhere until it is whole and on the disk; what has no other name by the time it is closed is gone. */
final class UnfinishedFile implements Closeable {
    private final Path path;
    private final FileChannel channel;
    private boolean moved;

    private UnfinishedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static UnfinishedFile create(Path path) throws IOException {
        return new UnfinishedFile(
                path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    void write(byte[] buffer, int count) throws IOException {
        for (var bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining(); ) {
            channel.write(bytes);
        }
    }

    /** Makes durable what was written (fsync), but no name of it. */
    void sync() throws IOException {
        channel.force(true);
    }

    /**
     * Gives the file a second name; unlike {@link #moveTo} it never replaces what has that name.
     *
     * @throws FileAlreadyExistsException if something has
     */
    void linkAs(Path name) throws IOException {
        Files.createLink(name, path);
    }

    /** Gives the file another name, that nothing can have yet. */
    void moveTo(Path name) throws IOException {
        Files.move(path, name, StandardCopyOption.ATOMIC_MOVE);
        moved = true;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (!moved) {
                Files.deleteIfExists(path);
            }
        }
    }
}
