package dev.orchard.metadata.collection;

import dev.orchard.metadata.collection.CollectionReport.Amount;
import dev.orchard.metadata.deletion.DeletionService;
import dev.orchard.metadata.deletion.DeletionService.Reason;
import dev.orchard.metadata.storage.StorageClient;
import dev.orchard.metadata.storage.StorageClient.ListedBlob;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Finds objects that no row knows: a crash came between the object and its row. One that is younger than the age may
 * still get its row, one that is older cannot any more.
 */
@Service
public class OrphanService {
    private static final int PAGE = 1000;

    private final PostgresCollectionStore store;
    private final StorageClient storage;
    private final DeletionService deletions;
    private final CollectionSettings settings;

    OrphanService(
            PostgresCollectionStore store,
            StorageClient storage,
            DeletionService deletions,
            CollectionSettings settings) {
        this.store = store;
        this.storage = storage;
        this.deletions = deletions;
        this.settings = settings;
    }

    /** Looks through the whole store, and hands over each orphan; {@code progress} hears how many were looked at. */
    public void find(Consumer<ListedBlob> orphans, Consumer<Integer> progress) {
        Instant before = Clock.systemUTC().instant().minus(settings.orphanAge());
        @Nullable String after = null;
        do {
            var page = storage.list(after, PAGE);
            unknown(page.items(), before).forEach(orphans);
            progress.accept(page.items().size());
            after = page.next();
        } while (after != null);
    }

    /** Queues an orphan for deletion. */
    public void delete(ListedBlob orphan) {
        deletions.queue(orphan.storageKey(), Reason.ORPHAN);
    }

    Amount find(Consumer<ListedBlob> orphans) {
        var found = new Amount[] {Amount.NONE};
        find(
                orphan -> {
                    found[0] = found[0].plus(new Amount(1, orphan.size()));
                    orphans.accept(orphan);
                },
                looked -> {});
        return found[0];
    }

    private List<ListedBlob> unknown(List<ListedBlob> blobs, Instant before) {
        var old =
                blobs.stream().filter(blob -> blob.writtenAt().isBefore(before)).toList();
        if (old.isEmpty()) {
            return List.of();
        }
        var unknown = new HashSet<>(
                store.findUnknown(old.stream().map(ListedBlob::storageKey).toList()));
        return old.stream().filter(blob -> unknown.contains(blob.storageKey())).toList();
    }
}
