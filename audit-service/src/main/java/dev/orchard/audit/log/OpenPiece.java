package dev.orchard.audit.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A piece of the log that is being read from the store.
 *
 * @param length in bytes
 */
record OpenPiece(long length, ClientHttpResponse answer) implements Closeable {
    /** Hands the piece on. @throws IOException if it breaks off, or the reader went away */
    void transferTo(OutputStream out) throws IOException {
        try (var body = answer.getBody()) {
            body.transferTo(out);
        }
    }

    @Override
    public void close() {
        answer.close();
    }
}
