package dev.orchard.audit.log;

import dev.orchard.support.http.ServiceClients;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * The pieces of the log in the storage service, each under its path in the log ({@code checkpoint/N}, {@code tile/…}),
 * written once. A service that is away or fails is a {@link ResourceAccessException}: the same call may succeed later.
 */
@Component
final class LogBlobClient {
    private final RestClient storage;

    LogBlobClient(ServiceClients clients, LogSettings settings) {
        this.storage = clients.to(settings.storageUrl());
    }

    /** Keeps a piece durably, or finds it kept already; false if other bytes have its place, which stay there. */
    boolean keep(String path, byte[] bytes) {
        boolean fresh = storage.put()
                .uri("/log/" + path)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(bytes)
                .exchangeForRequiredValue((sent, answer) -> isFresh(answer));
        return fresh
                || find(path, bytes.length)
                        .filter(held -> Arrays.equals(held, bytes))
                        .isPresent();
    }

    /** A piece, or as much of a longer one as shows that it is longer than {@code limit} bytes. */
    Optional<byte[]> find(String path, int limit) {
        return storage.get()
                .uri("/log/" + path)
                .exchangeForRequiredValue((sent, answer) ->
                        isThere(answer) ? Optional.of(answer.getBody().readNBytes(limit + 1)) : Optional.empty());
    }

    /** Opens a piece for reading; whoever reads it closes it. */
    Optional<OpenPiece> open(String path) {
        return storage.get().uri("/log/" + path).exchangeForRequiredValue((sent, answer) -> opened(answer), false);
    }

    private static Optional<OpenPiece> opened(ClientHttpResponse answer) throws IOException {
        boolean there = false;
        try {
            there = isThere(answer);
        } finally {
            if (!there) {
                answer.close();
            }
        }
        return there ? Optional.of(new OpenPiece(answer.getHeaders().getContentLength(), answer)) : Optional.empty();
    }

    private static boolean isFresh(ClientHttpResponse answer) throws IOException {
        var status = answer.getStatusCode();
        if (status.isSameCodeAs(HttpStatus.CONFLICT)) {
            return false;
        }
        require(status, HttpStatus.CREATED);
        return true;
    }

    private static boolean isThere(ClientHttpResponse answer) throws IOException {
        var status = answer.getStatusCode();
        if (status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return false;
        }
        require(status, HttpStatus.OK);
        return true;
    }

    private static void require(HttpStatusCode status, HttpStatus expected) throws IOException {
        if (status.is5xxServerError()) {
            throw new IOException("the storage service answered " + status);
        }
        if (!status.isSameCodeAs(expected)) {
            throw new IllegalStateException("the storage service answered " + status + " to a piece of the log");
        }
    }
}
