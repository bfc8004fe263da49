package dev.orchard.metadata.fsck;

import dev.orchard.metadata.collection.OrphanService;
import dev.orchard.metadata.database.Transactions;
import dev.orchard.metadata.fsck.Finding.Kind;
import dev.orchard.metadata.fsck.PostgresCheckStore.Count;
import dev.orchard.metadata.fsck.PostgresCheckStore.ExpectedBlob;
import dev.orchard.metadata.storage.StorageClient;
import dev.orchard.support.naming.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One check: counts against tags, objects against rows, rows against objects. What changes while it runs is looked at
 * once more before it is a finding. Repaired is what can be without a doubt: counts, and objects that no row knows; a blob
 * that is missing heals when its content is sent again.
 */
@Component
class Fsck {
    private static final int PAGE = 500;

    private final PostgresFsckStore jobs;
    private final PostgresCheckStore rows;
    private final StorageClient storage;
    private final OrphanService orphans;
    private final Transactions transactions;
    private final FsckSettings settings;

    Fsck(
            PostgresFsckStore jobs,
            PostgresCheckStore rows,
            StorageClient storage,
            OrphanService orphans,
            Transactions transactions,
            FsckSettings settings) {
        this.jobs = jobs;
        this.rows = rows;
        this.storage = storage;
        this.orphans = orphans;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** Whether it came to its end: not if the job was ended meanwhile. */
    boolean run(UUID job, FsckRequest request) {
        return checkCounts(job, request.repairs())
                && checkObjects(job, request.repairs())
                && checkArtifacts(job, request);
    }

    private boolean checkCounts(UUID job, boolean repair) {
        for (int first = 0; first < 256; first++) {
            for (Count wrong : rows.wrongCounts((byte) first)) {
                boolean repaired = repair
                        && transactions
                                .write(() -> rows.repair(wrong.artifactId()))
                                .isPresent();
                jobs.add(
                        job,
                        new Finding(
                                Kind.WRONG_COUNT,
                                wrong.artifactId(),
                                null,
                                Long.toString(wrong.tags()),
                                Long.toString(wrong.counted()),
                                repaired));
            }
            if (!jobs.advance(job, "counts", 0)) {
                return false;
            }
        }
        return true;
    }

    private boolean checkObjects(UUID job, boolean repair) {
        var alive = new boolean[] {true};
        orphans.find(
                orphan -> {
                    if (repair) {
                        orphans.delete(orphan);
                    }
                    jobs.add(
                            job,
                            new Finding(
                                    Kind.UNREFERENCED_BLOB,
                                    null,
                                    orphan.storageKey(),
                                    null,
                                    Long.toString(orphan.size()),
                                    repair));
                },
                looked -> alive[0] = jobs.advance(job, "blobs", looked));
        return alive[0];
    }

    private boolean checkArtifacts(UUID job, FsckRequest request) {
        @Nullable Sha256 after = null;
        List<ExpectedBlob> page;
        do {
            page = rows.artifacts(after, PAGE);
            if (!page.isEmpty()) {
                checkSizes(job, page);
                if (request.readsDigests() && !checkDigests(job, page, request)) {
                    return false;
                }
                after = page.getLast().artifactId();
            }
            if (!jobs.advance(job, "artifacts", page.size())) {
                return false;
            }
        } while (page.size() == PAGE);
        return true;
    }

    private void checkSizes(UUID job, List<ExpectedBlob> page) {
        var sizes = storage.sizes(page.stream().map(ExpectedBlob::storageKey).toList());
        for (ExpectedBlob blob : page) {
            Long found = sizes.get(blob.storageKey());
            if ((found == null || found != blob.size()) && rows.isCurrent(blob)) {
                jobs.add(
                        job,
                        finding(
                                found == null ? Kind.MISSING_BLOB : Kind.WRONG_SIZE,
                                blob,
                                Long.toString(blob.size()),
                                found == null ? null : found.toString()));
            }
        }
    }

    private boolean checkDigests(UUID job, List<ExpectedBlob> page, FsckRequest request) {
        long rate = Optional.ofNullable(request.bytesPerSecond())
                .orElseGet(() -> settings.rate().toBytes());
        for (ExpectedBlob blob : page) {
            var found = storage.digest(blob.storageKey(), rate);
            if (found.isPresent() && !found.get().equals(blob.artifactId()) && rows.isCurrent(blob)) {
                jobs.add(
                        job,
                        finding(
                                Kind.WRONG_DIGEST,
                                blob,
                                blob.artifactId().hex(),
                                found.get().hex()));
            }
            if (!jobs.advance(job, "artifacts", 0)) {
                return false;
            }
        }
        return true;
    }

    private static Finding finding(Kind kind, ExpectedBlob blob, @Nullable String expected, @Nullable String found) {
        return new Finding(kind, blob.artifactId(), blob.storageKey(), expected, found, false);
    }
}
