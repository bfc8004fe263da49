package dev.orchard.metadata.upload;

import dev.orchard.metadata.MetadataSettings;
import dev.orchard.metadata.database.Transactions;
import dev.orchard.metadata.deletion.DeletionService;
import dev.orchard.metadata.deletion.DeletionService.Reason;
import dev.orchard.metadata.upload.Recording.BytesFrom;
import dev.orchard.metadata.upload.UploadOutcome.Begun;
import dev.orchard.metadata.upload.UploadOutcome.Checked;
import dev.orchard.metadata.upload.UploadOutcome.ConditionFailed;
import dev.orchard.metadata.upload.UploadOutcome.NoPackage;
import dev.orchard.metadata.upload.UploadOutcome.Unknown;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** An upload's two steps: before the bytes what can be refused, and perhaps an intent; after them everything at once. */
@Service
class UploadService {
    private final PostgresUploadStore store;
    private final RecordingService recordings;
    private final UploadLookup uploads;
    private final DeletionService deletions;
    private final Transactions transactions;
    private final MetadataSettings settings;

    UploadService(
            PostgresUploadStore store,
            RecordingService recordings,
            UploadLookup uploads,
            DeletionService deletions,
            Transactions transactions,
            MetadataSettings settings) {
        this.store = store;
        this.recordings = recordings;
        this.uploads = uploads;
        this.deletions = deletions;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** Refuses what can be refused before the bytes; records at once what is declared and there already. */
    UploadOutcome begin(UploadRequest request) {
        var known = Optional.ofNullable(request.sha256())
                .map(content -> new Recording(BytesFrom.NONE, UUID.randomUUID(), null, request.declared(content)))
                .map(recordings::record)
                .filter(outcome -> !(outcome instanceof Unknown));
        return known.orElseGet(() -> transactions.write(() -> check(request)));
    }

    /**
     * Records an upload whose bytes are durable. Idempotent: an upload that is recorded already gives the same answer.
     * What is refused, and what lost the race for the same content, is queued for deletion.
     */
    UploadOutcome complete(UUID uploadId, StoredUpload upload) {
        var from = upload.storageKey() == null ? BytesFrom.INTENT : BytesFrom.DIRECT;
        var outcome = recordings.record(new Recording(from, uploadId, upload.storageKey(), upload));
        if (outcome instanceof NoPackage || outcome instanceof ConditionFailed) {
            giveUp(uploadId, Reason.REFUSED);
        }
        return outcome;
    }

    /** Gives an upload up: its bytes, whatever arrived of them, go. */
    void giveUp(UUID uploadId) {
        giveUp(uploadId, Reason.GIVEN_UP);
    }

    private void giveUp(UUID uploadId, Reason reason) {
        transactions.write(() -> {
            Optional<String> key = store.takeIntent(uploadId);
            key.ifPresent(given -> deletions.queue(given, reason));
            return key;
        });
    }

    private UploadOutcome check(UploadRequest request) {
        return uploads.check(request.project(), request.packageName(), request.address(), request.condition())
                .orElseGet(() -> request.isDirect() ? new Checked() : intend(request));
    }

    private UploadOutcome intend(UploadRequest request) {
        Intent intent = Intent.create(settings.uploadLifetime());
        store.insert(intent, request.project(), request.packageName());
        return new Begun(intent.uploadId(), intent.storageKey());
    }
}
