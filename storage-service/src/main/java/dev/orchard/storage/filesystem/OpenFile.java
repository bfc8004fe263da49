package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobSlice;
import dev.orchard.storage.blob.OpenBlob;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/** A blob's file that is being read. */
record OpenFile(Path path, FileChannel channel, BlobSlice slice) implements OpenBlob {
    private static final int BUFFER_BYTES = 128 * 1024;

    @Override
    public void writeTo(WritableByteChannel sink) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, slice.length()));
        long end = slice.offset() + slice.length();
        for (long position = slice.offset(); position < end; position += buffer.limit()) {
            read(buffer.clear().limit((int) Math.min(buffer.capacity(), end - position)), position);
            sink.write(buffer.flip());
        }
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void read(ByteBuffer buffer, long position) throws IOException {
        if (channel.read(buffer, position) < 0) {
            throw new EOFException("the file ends at " + position + ", and " + slice + " was promised");
        }
    }
}
