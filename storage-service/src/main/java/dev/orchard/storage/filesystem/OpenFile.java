package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobSlice;
import dev.orchard.storage.blob.OpenBlob;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
    public InputStream stream() {
        return new InputStream() {
            private long position = slice.offset();

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                long left = slice.offset() + slice.length() - position;
                if (left <= 0) {
                    return -1;
                }
                var bytes = ByteBuffer.wrap(buffer, offset, (int) Math.min(length, left));
                int count = channel.read(bytes, position);
                position += Math.max(0, count);
                return count;
            }
        };
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
