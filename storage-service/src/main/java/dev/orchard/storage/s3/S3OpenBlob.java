package dev.orchard.storage.s3;

import dev.orchard.storage.blob.BlobSlice;
import dev.orchard.storage.blob.OpenBlob;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/** An object that is being read from S3. */
final class S3OpenBlob implements OpenBlob {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final S3Body body;
    private final BlobSlice slice;

    S3OpenBlob(S3Body body, BlobSlice slice) {
        this.body = body;
        this.slice = slice;
    }

    @Override
    public BlobSlice slice() {
        return slice;
    }

    @Override
    public void writeTo(WritableByteChannel sink) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long left = slice.length(); left > 0; ) {
            int count = body.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException(left + " bytes are missing at the end of " + slice);
            }
            sink.write(ByteBuffer.wrap(buffer, 0, count));
            left -= count;
        }
        if (body.read() >= 0) {
            throw new IOException("the store sent more than " + slice);
        }
    }

    @Override
    public InputStream stream() {
        return body;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public void close() {
        body.close();
    }
}
