package dev.orchard.gateway.upload;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.upload.BlobClient.PutOutcome;
import dev.orchard.gateway.upload.UploadBody.About;
import dev.orchard.gateway.upload.UploadMetrics.Way;
import dev.orchard.gateway.upload.UploadRecordClient.RecordOutcome;
import dev.orchard.support.naming.InvalidValueException;
import java.io.IOException;
import org.springframework.stereotype.Service;

/**
 * Takes a file in: declared first, streamed once, recorded last. What does not get that far leaves nothing behind. A small
 * file whose bytes are on their way already is not declared: its bytes go to a key of this gateway's own making.
 */
@Service
class UploadService {
    private final UploadRecordClient records;
    private final BlobClient blobs;
    private final Patience patience;
    private final UploadMetrics metrics;
    private final long directLimit;
    private final long limit;

    UploadService(
            UploadRecordClient records,
            BlobClient blobs,
            Patience patience,
            GatewaySettings settings,
            UploadMetrics metrics) {
        this.records = records;
        this.blobs = blobs;
        this.patience = patience;
        this.metrics = metrics;
        metrics.prepare(Way.SINGLE, UploadOutcome.class);
        this.directLimit = settings.directLimit().toBytes();
        this.limit = settings.uploadLimit().toBytes();
    }

    /** @throws InvalidValueException if the body breaks a rule that its headers did not show */
    UploadOutcome upload(UploadRequest request, UploadBody body) {
        var outcome = metrics.timed(
                Way.SINGLE, () -> isTooLarge(request) ? new UploadOutcome.TooLarge(limit) : take(request, body));
        if (outcome instanceof UploadOutcome.Recorded recorded) {
            metrics.saved(recorded.answer());
        }
        return outcome;
    }

    private boolean isTooLarge(UploadRequest request) {
        Long length = request.length();
        return length != null && length > limit;
    }

    private UploadOutcome take(UploadRequest request, UploadBody body) {
        boolean direct = request.isDirect(directLimit);
        if (direct && request.declared() == null) {
            return receive(request, body, Destination.direct());
        }
        return switch (records.begin(UploadFacts.declared(request, body, direct))) {
            case RecordOutcome.Recorded known -> new UploadOutcome.Recorded(known.answer(), known.sha256());
            case RecordOutcome.Refused refused -> new UploadOutcome.Refused(refused.refusal(), true);
            case RecordOutcome.Unsettled unsettled -> new UploadOutcome.Unsettled();
            case RecordOutcome.Checked checked -> receive(request, body, Destination.direct());
            case RecordOutcome.Intended intent ->
                receive(request, body, new Destination(intent.uploadId(), intent.storageKey(), false));
        };
    }

    private UploadOutcome receive(UploadRequest request, UploadBody body, Destination destination) {
        UploadOutcome outcome = null;
        try {
            outcome =
                    request.onlyKnownContent() ? new UploadOutcome.ContentUnknown() : store(request, body, destination);
            return outcome;
        } finally {
            if (outcome == null || !outcome.mayBeRecorded()) {
                giveUp(destination);
            }
        }
    }

    private void giveUp(Destination destination) {
        if (destination.isDirect()) {
            blobs.delete(destination.storageKey());
        } else {
            records.giveUp(destination.uploadId());
        }
    }

    private UploadOutcome store(UploadRequest request, UploadBody body, Destination destination) {
        try {
            var source = new SourceStream(body.file(), limit);
            var put = blobs.put(destination.storageKey(), source, request.length());
            metrics.received(source.count());
            return switch (put) {
                case PutOutcome.Full full -> new UploadOutcome.StorageFull();
                case PutOutcome.Unavailable unavailable -> new UploadOutcome.StorageUnavailable(unavailable.why());
                case PutOutcome.BrokenOff brokenOff when source.isTooLong() -> new UploadOutcome.TooLarge(limit);
                case PutOutcome.BrokenOff brokenOff -> new UploadOutcome.BrokenOff();
                case PutOutcome.Stored stored
                when stored.size() != source.count() -> new UploadOutcome.StorageUnavailable(null);
                case PutOutcome.Stored stored -> record(request, body.about(), stored, destination);
            };
        } catch (IOException e) {
            return new UploadOutcome.BrokenOff();
        }
    }

    private UploadOutcome record(
            UploadRequest request, About about, PutOutcome.Stored stored, Destination destination) {
        var declared = request.declared();
        if (declared != null && !declared.equals(stored.sha256())) {
            return new UploadOutcome.DigestMismatch(declared, stored.sha256());
        }
        var facts = UploadFacts.stored(request, about, stored, destination);
        var answered = patience.ask(
                () -> records.complete(destination.uploadId(), facts), RecordOutcome.Unsettled.class::isInstance);
        return switch (answered.outcome()) {
            case RecordOutcome.Recorded recorded -> new UploadOutcome.Recorded(recorded.answer(), stored.sha256());
            case RecordOutcome.Refused refused -> new UploadOutcome.Refused(refused.refusal(), answered.isFirst());
            case RecordOutcome.Unsettled unsettled -> new UploadOutcome.Unsettled();
            case RecordOutcome.Intended again -> throw new IllegalStateException("an upload was begun at its end");
            case RecordOutcome.Checked again -> throw new IllegalStateException("an upload was begun at its end");
        };
    }
}
