package dev.orchard.metadata.deletion;

import dev.orchard.metadata.MetadataSettings;
import dev.orchard.support.http.ServiceClients;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The storage service, as far as deletion needs it. */
@Component
class StorageClient {
    private final RestClient storage;

    StorageClient(MetadataSettings settings, ServiceClients clients) {
        this.storage = clients.to(settings.storageUrl());
    }

    /** Deletes an object; nothing happens if it is not there. The key is its path: {@code blobs/UUID}. */
    void delete(String storageKey) {
        storage.delete().uri("/" + storageKey).retrieve().toBodilessEntity();
    }
}
