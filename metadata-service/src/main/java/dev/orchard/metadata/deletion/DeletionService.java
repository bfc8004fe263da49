package dev.orchard.metadata.deletion;

import dev.orchard.metadata.MetadataSettings;
import dev.orchard.metadata.storage.StorageClient;
import dev.orchard.support.context.RequestContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Deletes objects that nothing needs any more: rows first, objects after the commit, from a queue that survives a crash.
 * A key is never used again, so deleting late or twice harms nothing.
 */
@Service
public class DeletionService {
    private static final Logger log = LoggerFactory.getLogger(DeletionService.class);
    private static final int BATCH = 100;

    private final PostgresDeletionStore store;
    private final StorageClient storage;
    private final MetadataSettings settings;
    private final DeletionMetrics metrics;

    /** Why an object is not needed. */
    public enum Reason {
        REFUSED,
        GIVEN_UP,
        ORPHAN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    DeletionService(
            PostgresDeletionStore store, StorageClient storage, MetadataSettings settings, DeletionMetrics metrics) {
        this.store = store;
        this.storage = storage;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Queues an object, within a transaction of the caller's: it is deleted after the commit, or not at all. */
    public void queue(String storageKey, Reason reason) {
        store.queue(storageKey, reason);
    }

    /** Queues what uploads left behind that took longer than they may; answers how many they were. */
    @Scheduled(fixedDelayString = "PT1M")
    public long giveUpExpired() {
        int expired = store.queueExpired();
        if (expired > 0) {
            log.info("gave up {} uploads that took longer than they may", expired);
        }
        return expired;
    }

    /** How many uploads took longer than they may. */
    public long expired() {
        return store.countExpired();
    }

    /** How many objects wait to be deleted. */
    public long queued() {
        return store.count();
    }

    /** Forgets the keys of objects that were deleted longer ago than {@code age}. */
    public void forget(Duration age) {
        store.forget(age);
    }

    /** Empties the queue as far as it can be emptied now. */
    @Scheduled(fixedDelayString = "PT1S")
    void drain() {
        RequestContext.ofOrchard("deletion").run(() -> {
            List<String> claimed = store.claim(BATCH, settings.deletionRetry());
            while (!claimed.isEmpty() && deleteAll(claimed)) {
                claimed = store.claim(BATCH, settings.deletionRetry());
            }
        });
    }

    /** Whether all were deleted; the others are tried again. One that cannot be deleted does not keep the next waiting. */
    private boolean deleteAll(List<String> keys) {
        boolean all = true;
        for (String key : keys) {
            try {
                storage.delete(key);
                store.done(key);
                metrics.countDeleted();
            } catch (RestClientResponseException e) {
                metrics.countFailure();
                log.warn("{} waits for deletion: {}", key, e.getMessage());
                all = false;
            } catch (RestClientException e) {
                metrics.countFailure();
                log.warn("objects wait for deletion, the storage service does not answer: {}", e.getMessage());
                return false;
            }
        }
        return all;
    }
}
