package dev.orchard.gateway.resumable;

import dev.orchard.gateway.upload.Patience;
import dev.orchard.gateway.upload.UploadMetrics;
import dev.orchard.gateway.upload.UploadMetrics.Way;
import org.springframework.stereotype.Service;

/** Makes an artifact of an upload that came in parts. Asked again at any point, it goes on from there. */
@Service
public class CompletionService {
    private final PartClient parts;
    private final ResumableRecordClient records;
    private final Patience patience;
    private final UploadMetrics metrics;

    CompletionService(PartClient parts, ResumableRecordClient records, Patience patience, UploadMetrics metrics) {
        this.parts = parts;
        this.records = records;
        this.patience = patience;
        this.metrics = metrics;
        metrics.prepare(Way.PARTS, CompletionOutcome.class);
    }

    public CompletionOutcome complete(OpenUpload upload) {
        var missing = upload.plan().missing(upload.parts());
        var outcome = metrics.timed(
                Way.PARTS, () -> missing.isEmpty() ? assemble(upload) : new CompletionOutcome.Incomplete(missing));
        if (outcome instanceof CompletionOutcome.Recorded recorded) {
            metrics.saved(recorded.answer());
        }
        return outcome;
    }

    private CompletionOutcome assemble(OpenUpload upload) {
        return switch (parts.complete(upload)) {
            case Assembly.Stored stored
            when stored.size() != upload.receivedBytes() -> new CompletionOutcome.StorageUnavailable(null);
            case Assembly.Stored stored -> record(upload, stored);
            case Assembly.Missing missing -> new CompletionOutcome.Incomplete(missing.parts());
            case Assembly.Gone gone -> completedElsewhere(upload);
            case Assembly.Full full -> new CompletionOutcome.StorageFull();
            case Assembly.Unavailable(var why) -> new CompletionOutcome.StorageUnavailable(why);
        };
    }

    private CompletionOutcome record(OpenUpload upload, Assembly.Stored stored) {
        var declared = upload.sha256();
        if (declared != null && !declared.equals(stored.sha256())) {
            records.giveUp(upload);
            return new CompletionOutcome.DigestMismatch(declared, stored.sha256());
        }
        var answered = patience.ask(() -> records.complete(upload, stored), StateOutcome.Unsettled.class::isInstance);
        return outcome(answered.outcome());
    }

    /** The store forgets an upload when another request has completed it, or given it up. */
    private CompletionOutcome completedElsewhere(OpenUpload upload) {
        var state = records.find(new Address(upload.project(), upload.packageName(), upload.uploadId()));
        return state instanceof StateOutcome.Open ? new CompletionOutcome.Gone() : outcome(state);
    }

    private static CompletionOutcome outcome(StateOutcome state) {
        return switch (state) {
            case StateOutcome.Completed completed -> new CompletionOutcome.Recorded(completed.answer());
            case StateOutcome.Assembled assembled -> new CompletionOutcome.Assembled(assembled.upload());
            case StateOutcome.Refused refused -> new CompletionOutcome.Refused(refused.refusal());
            case StateOutcome.Unsettled unsettled -> new CompletionOutcome.Unsettled();
            case StateOutcome.Open open -> throw new IllegalStateException("an upload that is completed stays open");
        };
    }
}
