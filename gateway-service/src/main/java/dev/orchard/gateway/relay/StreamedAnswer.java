package dev.orchard.gateway.relay;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** What another service is answering, as far as it is meant for the client; whoever reads it closes it. */
record StreamedAnswer(HttpStatusCode status, HttpHeaders headers, ClientHttpResponse answer) implements Closeable {
    /** Hands the body on. @throws IOException if it ends early, or the reader went away */
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
