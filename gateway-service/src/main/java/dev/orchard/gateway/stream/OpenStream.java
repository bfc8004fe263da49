package dev.orchard.gateway.stream;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer that is still coming; closing it ends it.
 *
 * @param headers those that are meant for the client
 */
record OpenStream(int status, HttpHeaders headers, ClientHttpResponse answer) implements Closeable {
    InputStream body() throws IOException {
        return answer.getBody();
    }

    @Override
    public void close() {
        answer.close();
    }
}
