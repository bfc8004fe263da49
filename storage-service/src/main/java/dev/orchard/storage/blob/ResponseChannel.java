package dev.orchard.storage.blob;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An answer's body as a channel; it is open until the client is gone. */
final class ResponseChannel implements WritableByteChannel {
    private final ServletOutputStream body;
    private boolean open = true;

    ResponseChannel(ServletOutputStream body) {
        this.body = body;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        try {
            body.write(bytes);
        } catch (IOException e) {
            open = false;
            throw e;
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** The container ends the answer. */
    @Override
    public void close() {
        open = false;
    }
}
