package dev.orchard.metadata.collection;

import dev.orchard.metadata.collection.CollectionReport.Artifacts;
import dev.orchard.metadata.collection.CollectionReport.Unreferenced;
import dev.orchard.metadata.database.Transactions;
import dev.orchard.metadata.deletion.DeletionService;
import dev.orchard.support.context.RequestContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClientException;

/**
 * Collects garbage while everything else goes on: rows first, in short transactions, objects after the commit from the
 * deletion queue. Replicas at once share the work.
 */
@Service
class CollectionService {
    private static final Logger log = LoggerFactory.getLogger(CollectionService.class);
    private static final int BATCH = 500;
    private static final int MOST_ITEMS = 1000;

    private final PostgresCollectionStore store;
    private final OrphanService orphans;
    private final DeletionService deletions;
    private final Transactions transactions;
    private final CollectionSettings settings;
    private final Counter collectedArtifacts;
    private final Counter collectedBytes;
    private final Counter collectedOrphans;

    CollectionService(
            PostgresCollectionStore store,
            OrphanService orphans,
            DeletionService deletions,
            Transactions transactions,
            CollectionSettings settings,
            MeterRegistry meters) {
        this.store = store;
        this.orphans = orphans;
        this.deletions = deletions;
        this.transactions = transactions;
        this.settings = settings;
        collectedArtifacts = Counter.builder("orchard.collected.artifacts")
                .description("Artifacts that were collected")
                .register(meters);
        collectedBytes = Counter.builder("orchard.collected.bytes")
                .description("The sizes of these")
                .register(meters);
        collectedOrphans = Counter.builder("orchard.collected.orphans")
                .description("Objects that no row knew, and that were removed")
                .register(meters);
    }

    /** Collects everything there is to collect now. */
    CollectionReport run() {
        long expired = deletions.giveUpExpired();
        var artifacts = collect();
        var found = orphans.find(orphans::delete);
        collectedOrphans.increment((double) found.count());
        return new CollectionReport(false, artifacts, expired, found, deletions.queued());
    }

    /** What {@link #run} would take now; nothing changes. */
    CollectionReport dryRun() {
        return new CollectionReport(
                true,
                store.findUnreferenced(settings.grace(), MOST_ITEMS),
                deletions.expired(),
                orphans.find(orphan -> {}),
                deletions.queued());
    }

    @Scheduled(fixedDelayString = "${orchard.metadata.collection.interval:10m}")
    void collectArtifacts() {
        RequestContext.ofOrchard("collection").run(this::collect);
    }

    @Scheduled(
            initialDelayString = "${orchard.metadata.collection.orphan-interval:24h}",
            fixedDelayString = "${orchard.metadata.collection.orphan-interval:24h}")
    void collectOrphans() {
        try {
            var found = orphans.find(orphans::delete);
            collectedOrphans.increment((double) found.count());
            log.info("the store had {} objects that no row knows", found.count());
        } catch (RestClientException e) {
            log.warn("the store was not searched for orphans, it does not answer: {}", e.getMessage());
        }
    }

    private Artifacts collect() {
        deletions.forget(settings.directAge());
        List<Unreferenced> items = new ArrayList<>();
        long count = 0;
        long bytes = 0;
        List<Unreferenced> batch;
        do {
            batch = transactions.write(() -> store.collect(settings.grace(), BATCH));
            count += batch.size();
            bytes += batch.stream().mapToLong(Unreferenced::size).sum();
            batch.stream().limit(MOST_ITEMS - items.size()).forEach(items::add);
        } while (batch.size() == BATCH);
        collectedArtifacts.increment((double) count);
        collectedBytes.increment((double) bytes);
        return new Artifacts(count, bytes, items);
    }
}
