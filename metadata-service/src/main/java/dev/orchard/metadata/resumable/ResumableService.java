package dev.orchard.metadata.resumable;

import dev.orchard.metadata.MetadataSettings;
import dev.orchard.metadata.database.Transactions;
import dev.orchard.metadata.deletion.DeletionService;
import dev.orchard.metadata.deletion.DeletionService.Reason;
import dev.orchard.metadata.resumable.ResumableOutcome.Changed;
import dev.orchard.metadata.resumable.ResumableOutcome.Completed;
import dev.orchard.metadata.resumable.ResumableOutcome.Conflict;
import dev.orchard.metadata.resumable.ResumableOutcome.Missing;
import dev.orchard.metadata.resumable.ResumableOutcome.Refused;
import dev.orchard.metadata.storage.StorageClient;
import dev.orchard.metadata.upload.Recording;
import dev.orchard.metadata.upload.Recording.BytesFrom;
import dev.orchard.metadata.upload.RecordingService;
import dev.orchard.metadata.upload.UploadLookup;
import dev.orchard.metadata.upload.UploadOutcome;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/**
 * Keeps what is known of uploads in parts, each step a short transaction, so that any replica can take the next part. A
 * part counts when it is recorded here; the last record of a part wins. Who appends holds a number, and loses it to whoever
 * asks for one later.
 */
@Service
class ResumableService {
    private final PostgresResumableStore store;
    private final RecordingService recordings;
    private final UploadLookup uploads;
    private final StorageClient storage;
    private final DeletionService deletions;
    private final Transactions transactions;
    private final MetadataSettings settings;

    ResumableService(
            PostgresResumableStore store,
            RecordingService recordings,
            UploadLookup uploads,
            StorageClient storage,
            DeletionService deletions,
            Transactions transactions,
            MetadataSettings settings) {
        this.store = store;
        this.recordings = recordings;
        this.uploads = uploads;
        this.storage = storage;
        this.deletions = deletions;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** Begins an upload, unless it can be refused already, or its declared content is there. */
    ResumableOutcome begin(ResumableRequest request) {
        var declared = request.kind() == ResumableKind.TUS_PARTIAL ? null : request.sha256();
        var refused = uploads.check(request.project(), request.packageName(), request.address(), request.condition());
        if (refused.isPresent()) {
            return new Refused(refused.get());
        }
        if (declared != null) {
            var known = recordings.record(
                    new Recording(BytesFrom.NONE, UUID.randomUUID(), null, request.declared(declared)));
            if (!(known instanceof UploadOutcome.Unknown)) {
                return known instanceof UploadOutcome.Completed(var answer)
                        ? new Completed(answer)
                        : new Refused(known);
            }
        }
        var uploadId = UUID.randomUUID();
        String key = "blobs/" + UUID.randomUUID();
        String handle = storage.beginParts(key);
        return transactions.write(() -> {
            store.insert(uploadId, key, handle, request, settings.uploadLifetime());
            return changed(uploadId);
        });
    }

    Optional<ResumableUpload> find(UUID uploadId, ProjectName project, PackageName packageName) {
        return store.find(uploadId)
                .or(() -> uploads.find(uploadId).map(ResumableUpload::completed))
                .filter(upload -> upload.belongsTo(project, packageName));
    }

    /** Gives out a new number for appending; the one before is void. */
    ResumableOutcome takeWriter(UUID uploadId) {
        return change(uploadId, upload -> {
            store.takeWriter(uploadId);
            return changed(uploadId);
        });
    }

    /** Records a part that the storage service has taken. */
    ResumableOutcome receive(UUID uploadId, int number, ReceivedPart part) {
        return change(uploadId, upload -> {
            if (!part.fits(upload) || !upload.status().equals("in_progress")) {
                return new Conflict(upload);
            }
            store.put(upload, number, part, settings.uploadLifetime());
            return changed(uploadId);
        });
    }

    /** Says how long an upload will be that did not know it when it began. */
    ResumableOutcome setSize(UUID uploadId, long size) {
        return change(uploadId, upload -> {
            Long known = upload.size();
            if (upload.receivedBytes() > size || (known != null && known != size)) {
                return new Conflict(upload);
            }
            store.setSize(uploadId, size);
            return changed(uploadId);
        });
    }

    /** Records an upload whose parts are a blob. Asked twice, it answers the same and counts once. */
    ResumableOutcome complete(UUID uploadId, AssembledBlob blob) {
        var found = store.find(uploadId);
        if (found.isEmpty()) {
            return uploads.find(uploadId).<ResumableOutcome>map(Completed::new).orElseGet(Missing::new);
        }
        var upload = found.get();
        if (upload.kind() == ResumableKind.TUS_PARTIAL) {
            return change(uploadId, present -> {
                store.setAssembled(uploadId, blob.size());
                return changed(uploadId);
            });
        }
        return switch (recordings.record(new Recording(BytesFrom.RESUMABLE, uploadId, null, upload.stored(blob)))) {
            case UploadOutcome.Completed(var answer) -> new Completed(answer);
            case UploadOutcome.Expired() -> new Missing();
            case UploadOutcome refused -> new Refused(refused);
        };
    }

    /** Gives an upload up: its bytes go. */
    void giveUp(UUID uploadId) {
        transactions.write(() -> {
            var key = store.delete(uploadId);
            key.ifPresent(blob -> {
                deletions.queue(blob, Reason.GIVEN_UP);
                deletions.queue(blob.replace("blobs/", "uploads/"), Reason.GIVEN_UP);
            });
            return key;
        });
    }

    private ResumableOutcome change(UUID uploadId, Function<ResumableUpload, ResumableOutcome> change) {
        return transactions.write(() -> store.lock(uploadId).map(change).orElseGet(Missing::new));
    }

    private ResumableOutcome changed(UUID uploadId) {
        return store.find(uploadId).<ResumableOutcome>map(Changed::new).orElseGet(Missing::new);
    }
}
