package dev.orchard.storage.blob;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An answer's body as a channel: a direct buffer goes to the socket as it is, without a copy on the heap. */
record ResponseChannel(ServletOutputStream body) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        body.write(bytes);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** The container ends the answer. */
    @Override
    public void close() {}
}
