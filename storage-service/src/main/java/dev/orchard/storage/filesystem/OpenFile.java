package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobSlice;
import dev.orchard.storage.blob.OpenBlob;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** A blob's file that is being read. */
record OpenFile(FileChannel file, BlobSlice slice) implements OpenBlob {
    private static final int BUFFER_BYTES = 128 * 1024;

    @Override
    public void writeTo(WritableByteChannel sink) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(BUFFER_BYTES).asByteBuffer();
            long end = slice.offset() + slice.length();
            for (long position = slice.offset(); position < end; position += buffer.limit()) {
                read(buffer.clear().limit((int) Math.min(buffer.capacity(), end - position)), position);
                sink.write(buffer.flip());
            }
        }
    }

    private void read(ByteBuffer buffer, long position) throws IOException {
        if (file.read(buffer, position) < 0) {
            throw new EOFException("the file ends at " + position + ", and " + slice + " was promised");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
