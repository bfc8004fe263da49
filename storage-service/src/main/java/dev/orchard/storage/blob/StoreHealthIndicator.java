package dev.orchard.storage.blob;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says that the service is not ready while its store cannot take a write; known as {@code store}. */
@Component
final class StoreHealthIndicator implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(StoreHealthIndicator.class);

    private final BlobStore store;

    StoreHealthIndicator(BlobStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        try {
            store.probe();
            return Health.up().build();
        } catch (IOException e) {
            log.warn("the store cannot take a write: {}", e.toString());
            return Health.down(e).build();
        }
    }
}
