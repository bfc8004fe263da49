package dev.orchard.metadata.upload;

import dev.orchard.metadata.database.Transactions;
import dev.orchard.metadata.storage.StorageClient;
import dev.orchard.metadata.upload.Recording.BytesFrom;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Records uploads. Content that is there already is looked at before it counts as a duplicate, between transactions: if
 * its blob is missing or short, the new bytes take its place, and declared content counts as unknown.
 */
@Service
public class RecordingService {
    /** Each round more means that the content was collected, healed or stored in between. */
    private static final int MOST_ROUNDS = 20;

    private final PostgresUploadStore store;
    private final StorageClient storage;
    private final Transactions transactions;

    RecordingService(PostgresUploadStore store, StorageClient storage, Transactions transactions) {
        this.store = store;
        this.storage = storage;
        this.transactions = transactions;
    }

    /** Records an upload, all of it or nothing. Idempotent: one that is recorded already gives the same answer. */
    public UploadOutcome record(Recording recording) {
        var seen = SeenBlob.NONE;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var known = seen;
            switch (transactions.retry(() -> store.record(recording, known))) {
                case RecordOutcome.Recorded(UploadAnswer answer) -> {
                    return new UploadOutcome.Completed(answer);
                }
                case RecordOutcome.NoPackage() -> {
                    return new UploadOutcome.NoPackage();
                }
                case RecordOutcome.Unknown() -> {
                    return new UploadOutcome.Unknown();
                }
                case RecordOutcome.Taken() -> {
                    return find(recording);
                }
                case RecordOutcome.ConditionFailed(var present) -> {
                    return new UploadOutcome.ConditionFailed(present);
                }
                case RecordOutcome.Unseen(String key, long size) -> {
                    seen = new SeenBlob(key, storage.isWhole(key, size));
                    if (!seen.whole() && recording.from() == BytesFrom.NONE) {
                        return new UploadOutcome.Unknown();
                    }
                }
                case RecordOutcome.Raced() -> {}
            }
        }
        throw new IllegalStateException("content changed " + MOST_ROUNDS + " times while it was recorded");
    }

    private UploadOutcome find(Recording recording) {
        Optional<UploadAnswer> recorded = store.find(recording.uploadId());
        return recorded.<UploadOutcome>map(UploadOutcome.Completed::new).orElseGet(UploadOutcome.Expired::new);
    }
}
