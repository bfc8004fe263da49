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
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object that is being read from S3. */
final class S3OpenBlob implements OpenBlob {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ResponseInputStream<GetObjectResponse> object;
    private final BlobSlice slice;
    private boolean atEnd;

    S3OpenBlob(ResponseInputStream<GetObjectResponse> object, BlobSlice slice) {
        this.object = object;
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
            int count = object.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException(left + " bytes are missing at the end of " + slice);
            }
            sink.write(ByteBuffer.wrap(buffer, 0, count));
            left -= count;
        }
        atEnd = object.read() < 0;
    }

    @Override
    public InputStream stream() {
        return object;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    /** A connection with bytes left in it is dropped: reading them to use it again could take as long as the blob is. */
    @Override
    public void close() throws IOException {
        if (atEnd) {
            object.close();
        } else {
            object.abort();
        }
    }
}
