package dev.orchard.metadata.storage;

import dev.orchard.metadata.MetadataSettings;
import dev.orchard.support.http.ServiceClients;
import dev.orchard.support.naming.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Asks the storage service. Keys are as they stand in the database, {@code blobs/UUID}. What the storage service cannot
 * say now is a {@link ResourceAccessException}: trying again may help.
 */
@Component
public class StorageClient implements DisposableBean {
    private static final String PREFIX = "blobs/";

    private final RestClient storage;
    private final ServiceClients slowClients;
    private final RestClient slowStorage;

    StorageClient(MetadataSettings settings, ServiceClients clients) {
        this.storage = clients.to(settings.storageUrl());
        this.slowClients = clients.forLongWork(settings.digestTimeout());
        this.slowStorage = slowClients.to(settings.storageUrl());
    }

    @Override
    public void destroy() throws Exception {
        slowClients.destroy();
    }

    private record Handle(String handle) {}

    private record Sizes(Map<String, Long> sizes) {}

    private record Checksums(Sha256 sha256) {}

    /** Deletes what lies at a path of the service, {@code blobs/UUID} or {@code uploads/UUID}, if it is there. */
    public void delete(String path) {
        storage.delete().uri("/" + path).retrieve().toBodilessEntity();
    }

    /** Whether a blob is there with all of its bytes. */
    public boolean isWhole(String key, long size) {
        return storage.head()
                .uri("/" + key)
                .exchangeForRequiredValue((sent, answer) ->
                        requireAnswer(answer) && answer.getHeaders().getContentLength() == size);
    }

    /** Makes ready for the parts of a blob, and answers the store's name for them. */
    public String beginParts(String key) {
        return storage.post().uri("/uploads/{key}", id(key)).exchangeForRequiredValue((sent, answer) -> {
            requireAnswer(answer);
            return required(answer.bodyTo(Handle.class)).handle();
        });
    }

    /** The blobs that there are after one, in order of their keys. */
    public BlobPage list(@Nullable String after, int limit) {
        return storage.get()
                .uri(uri -> uri.path("/blobs")
                        .queryParam("limit", limit)
                        .queryParamIfPresent("after", Optional.ofNullable(after))
                        .build())
                .exchangeForRequiredValue((sent, answer) -> {
                    requireAnswer(answer);
                    return required(answer.bodyTo(BlobPage.class));
                });
    }

    /** How long blobs are; what is not there is not in the answer. At most 1,000 keys. */
    public Map<String, Long> sizes(Collection<String> keys) {
        var asked = Map.of("keys", keys.stream().map(StorageClient::id).toList());
        var sizes = storage.post().uri("/blobs/sizes").body(asked).exchangeForRequiredValue((sent, answer) -> {
            requireAnswer(answer);
            return required(answer.bodyTo(Sizes.class)).sizes();
        });
        return sizes.entrySet().stream()
                .collect(Collectors.toMap(entry -> PREFIX + entry.getKey(), Map.Entry::getValue));
    }

    /** The digest of a blob's bytes as they are now; empty if it is not there. */
    public Optional<Sha256> digest(String key, long bytesPerSecond) {
        return slowStorage
                .get()
                .uri("/blobs/{key}/checksums?rate={rate}", id(key), bytesPerSecond)
                .exchangeForRequiredValue((sent, answer) -> requireAnswer(answer)
                        ? Optional.of(required(answer.bodyTo(Checksums.class)).sha256())
                        : Optional.empty());
    }

    /** A blob as the storage service lists it; its key without the prefix. */
    public record ListedBlob(String key, long size, Instant writtenAt) {
        public String storageKey() {
            return PREFIX + key;
        }
    }

    /** Some blobs, and after which the next ones come. */
    public record BlobPage(List<ListedBlob> items, @Nullable String next) {}

    /** Whether the thing asked for is there: false for 404. */
    private static boolean requireAnswer(ClientHttpResponse answer) throws IOException {
        if (answer.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return false;
        }
        if (!answer.getStatusCode().is2xxSuccessful()) {
            throw new IOException("the storage service answered " + answer.getStatusCode());
        }
        return true;
    }

    private static <T> T required(@Nullable T body) {
        if (body == null) {
            throw new IllegalStateException("the storage service answered nothing");
        }
        return body;
    }

    private static String id(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
