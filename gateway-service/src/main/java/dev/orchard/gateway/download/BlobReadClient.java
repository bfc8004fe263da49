package dev.orchard.gateway.download;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.http.ServiceClients;
import dev.orchard.support.http.Transfer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;

/** Reads bytes from the storage service. */
@Component
class BlobReadClient {
    private static final String BLOB_SIZE = "X-Blob-Size";

    private final RestClient storage;
    private final URI blobs;

    BlobReadClient(ServiceClients clients, GatewaySettings settings) {
        this.storage = clients.to(settings.storageUrl());
        this.blobs = settings.storageUrl().resolve("/blobs/");
    }

    /** What is at a key. */
    sealed interface OpenOutcome {
        /** The whole blob is, and these bytes of it are on their way. */
        record Opened(ByteRange range, ClientHttpResponse answer) implements OpenOutcome, Closeable {
            /** Hands the bytes on. @throws IOException if they end early, or the reader went away */
            long transferTo(OutputStream out) throws IOException {
                try (InputStream in = answer.getBody()) {
                    long sent = Transfer.copy(in, out, range.length());
                    if (sent != range.length()) {
                        throw new IOException("the blob ended after " + sent + " of " + range.length() + " bytes");
                    }
                    return sent;
                }
            }

            @Override
            public void close() {
                answer.close();
            }
        }

        /** Nothing is, or not all of it: {@code foundSize} bytes. */
        record Damaged(@Nullable Long foundSize) implements OpenOutcome {}

        /** The storage service cannot say now. */
        record Unavailable() implements OpenOutcome {}

        /** Nothing is any more, since other content is behind the reference now. */
        record Moved(Content now) implements OpenOutcome {}

        /** Nothing is any more, since nothing is behind the reference now. */
        record Gone(Refusal refusal) implements OpenOutcome {}
    }

    private record Link(URI url) {}

    /** Opens a blob of a known size at a range of it; {@code HEAD} looks only. */
    OpenOutcome open(HttpMethod method, Content content, ByteRange range) {
        var request =
                storage.method(method).uri(blobs.resolve(content.storageKey().uuid()));
        if (!range.isWhole(content.size())) {
            request.header(HttpHeaders.RANGE, "bytes=" + range);
        }
        var answer = request.exchangeForRequiredValue((sent, received) -> received, false);
        var outcome = outcome(answer, content, range);
        if (!(outcome instanceof OpenOutcome.Opened)) {
            answer.close();
        }
        return outcome;
    }

    /** Where the store itself gives the bytes out, if it does. */
    Optional<URI> link(Content content) {
        return storage.get()
                .uri(
                        "/blobs/{key}/link?filename={filename}&content_type={type}",
                        content.storageKey().uuid(),
                        content.filename(),
                        content.contentType())
                .exchangeForRequiredValue(
                        (sent, answer) -> answer.getStatusCode().is2xxSuccessful()
                                ? Optional.ofNullable(answer.bodyTo(Link.class)).map(Link::url)
                                : Optional.empty());
    }

    private static OpenOutcome outcome(ConvertibleClientHttpResponse answer, Content content, ByteRange range) {
        try {
            var status = answer.getStatusCode();
            long found = answer.getHeaders().getContentLength();
            Long blobSize = blobSize(answer.getHeaders());
            if (status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
                return new OpenOutcome.Damaged(null);
            }
            if (status.is5xxServerError()) {
                return new OpenOutcome.Unavailable();
            }
            if (blobSize == null || status.isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
                throw new IllegalStateException("the storage service answered " + status + " without a blob");
            }
            return blobSize == content.size() && found == range.length()
                    ? new OpenOutcome.Opened(range, answer)
                    : new OpenOutcome.Damaged(blobSize);
        } catch (IOException e) {
            return new OpenOutcome.Unavailable();
        }
    }

    /** A 416 says the size in its {@code Content-Range} only. */
    private static @Nullable Long blobSize(HttpHeaders headers) {
        String size = headers.getFirst(BLOB_SIZE);
        String range = headers.getFirst(HttpHeaders.CONTENT_RANGE);
        if (size == null && range != null) {
            size = range.substring(range.indexOf('/') + 1);
        }
        return size == null ? null : Long.valueOf(size);
    }
}
