package dev.orchard.metadata.upload;

import dev.orchard.metadata.MetadataSettings;
import dev.orchard.metadata.artifact.ArtifactService;
import dev.orchard.metadata.database.Transactions;
import dev.orchard.metadata.deletion.DeletionService;
import dev.orchard.metadata.deletion.DeletionService.Reason;
import dev.orchard.metadata.packages.PackageService;
import dev.orchard.metadata.tag.TagOutcome;
import dev.orchard.metadata.tag.TagService;
import dev.orchard.metadata.upload.UploadOutcome.Begun;
import dev.orchard.metadata.upload.UploadOutcome.Completed;
import dev.orchard.metadata.upload.UploadOutcome.ConditionFailed;
import dev.orchard.metadata.upload.UploadOutcome.Expired;
import dev.orchard.metadata.upload.UploadOutcome.NoPackage;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * An upload's two transactions: before the bytes, an intent; after them, everything at once. Locks are taken in the
 * order package, artifact, tag, count, and the tag is the one statement that changes counts.
 */
@Service
class UploadService {
    private final PostgresUploadStore store;
    private final PackageService packages;
    private final ArtifactService artifacts;
    private final TagService tags;
    private final DeletionService deletions;
    private final Transactions transactions;
    private final MetadataSettings settings;

    UploadService(
            PostgresUploadStore store,
            PackageService packages,
            ArtifactService artifacts,
            TagService tags,
            DeletionService deletions,
            Transactions transactions,
            MetadataSettings settings) {
        this.store = store;
        this.packages = packages;
        this.artifacts = artifacts;
        this.tags = tags;
        this.deletions = deletions;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** Refuses what can be refused before the bytes; records at once what is declared and there already. */
    UploadOutcome begin(UploadRequest request) {
        return transactions.write(
                request.project().value(), request.packageName().value(), () -> {
                    if (!packages.hold(request.project(), request.packageName())) {
                        return new NoPackage();
                    }
                    var unmet = request.address().flatMap(address -> unmet(tags.check(address, request.condition())));
                    if (unmet.isPresent()) {
                        return unmet.get();
                    }
                    return known(request)
                            .map(known -> record(UUID.randomUUID(), known, true))
                            .orElseGet(() -> intend(request));
                });
    }

    /**
     * Records an upload whose bytes are durable. Idempotent: an upload that is recorded already gives the same answer.
     * What is refused, and what lost the race for the same content, is queued for deletion.
     */
    UploadOutcome complete(UUID uploadId, StoredUpload upload) {
        UploadOutcome outcome = transactions.write(
                upload.project().value(),
                upload.packageName().value(),
                () -> tryToComplete(uploadId, upload),
                Completed.class::isInstance);
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

    private UploadOutcome tryToComplete(UUID uploadId, StoredUpload upload) {
        if (!packages.hold(upload.project(), upload.packageName())) {
            return new NoPackage();
        }
        Optional<String> key = store.takeIntent(uploadId);
        if (key.isEmpty()) {
            return store.find(uploadId).<UploadOutcome>map(Completed::new).orElseGet(Expired::new);
        }
        boolean added = artifacts.add(upload.artifact(key.get()));
        if (!added) {
            deletions.queue(key.get(), Reason.LOST_RACE);
        }
        return record(uploadId, upload, !added);
    }

    private UploadOutcome intend(UploadRequest request) {
        Intent intent = Intent.create(settings.uploadLifetime());
        store.insert(intent, request.project(), request.packageName());
        return new Begun(intent.uploadId(), intent.storageKey());
    }

    private Optional<StoredUpload> known(UploadRequest request) {
        return Optional.ofNullable(request.sha256())
                .filter(artifacts::hold)
                .flatMap(artifacts::find)
                .map(request::stored);
    }

    private UploadOutcome record(UUID uploadId, StoredUpload upload, boolean deduplicated) {
        var unmet =
                upload.address().flatMap(address -> unmet(tags.point(address, upload.target(), upload.condition())));
        if (unmet.isPresent()) {
            return unmet.get();
        }
        store.insert(uploadId, upload, deduplicated);
        return store.find(uploadId)
                .<UploadOutcome>map(Completed::new)
                .orElseThrow(() -> new IllegalStateException("the artifact of a held upload is gone"));
    }

    private static Optional<UploadOutcome> unmet(TagOutcome outcome) {
        return outcome instanceof TagOutcome.ConditionFailed failed
                ? Optional.of(new ConditionFailed(failed.present()))
                : Optional.empty();
    }
}
