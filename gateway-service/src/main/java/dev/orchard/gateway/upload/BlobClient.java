package dev.orchard.gateway.upload;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.http.ServiceClients;
import dev.orchard.support.http.Transfer;
import dev.orchard.support.naming.Sha256;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import org.springframework.web.client.RestClientResponseException;

/** Puts bytes into the storage service. */
@Component
class BlobClient {
    private static final Logger log = LoggerFactory.getLogger(BlobClient.class);

    private final RestClient storage;
    private final Set<String> digests;

    BlobClient(ServiceClients clients, GatewaySettings settings) {
        this.storage = clients.to(settings.storageUrl());
        this.digests = settings.uploadDigests();
    }

    /** What became of the bytes. */
    sealed interface PutOutcome {
        /** They are durable, and these are their digests. */
        record Stored(
                long size,
                Sha256 sha256,
                String checksumCrc32c,
                @Nullable String checksumSha1,
                @Nullable String checksumMd5)
                implements PutOutcome {}

        /** There is no room for them. */
        record Full() implements PutOutcome {}

        /** The service went away or could not; {@code why} is what it said, if it said anything. */
        record Unavailable(@Nullable Refusal why) implements PutOutcome {}

        /** The client broke off; nothing is left of what it had sent. */
        record BrokenOff() implements PutOutcome {}
    }

    /**
     * Streams a file to its key, which must be fresh. A source that breaks breaks the request too, so that the storage
     * service never takes a part for the whole.
     */
    PutOutcome put(StorageKey key, SourceStream source, @Nullable Long length) {
        var request = storage.put()
                .uri(uri -> uri.path("/blobs/{key}")
                        .queryParamIfPresent("digests", digests())
                        .build(key.uuid()))
                .contentType(MediaType.APPLICATION_OCTET_STREAM);
        if (length != null) {
            request.contentLength(length);
        }
        try {
            return request.body(out -> Transfer.copy(source, out, length == null ? -1 : length))
                    .exchangeForRequiredValue((sent, answer) -> outcome(answer));
        } catch (ResourceAccessException e) {
            return source.isBroken() ? new PutOutcome.BrokenOff() : new PutOutcome.Unavailable(null);
        }
    }

    /** Deletes what may lie at a key that nobody knows, as well as can be: what stays is an orphan, and goes by age. */
    void delete(StorageKey key) {
        try {
            storage.delete().uri("/blobs/{key}", key.uuid()).retrieve().toBodilessEntity();
        } catch (ResourceAccessException | RestClientResponseException e) {
            log.warn("{} is left to be found as an orphan: {}", key, e.toString());
        }
    }

    private Optional<String> digests() {
        return digests.isEmpty() ? Optional.empty() : Optional.of(String.join(",", digests));
    }

    private static PutOutcome outcome(ConvertibleClientHttpResponse answer) throws IOException {
        HttpStatusCode status = answer.getStatusCode();
        if (status.value() == 507) {
            return new PutOutcome.Full();
        }
        if (status.is5xxServerError()) {
            return new PutOutcome.Unavailable(Refusal.of(answer));
        }
        var stored = status.is2xxSuccessful() ? answer.bodyTo(PutOutcome.Stored.class) : null;
        if (stored == null) {
            throw new IllegalStateException("the storage service answered " + status + " to fresh bytes");
        }
        return stored;
    }
}
