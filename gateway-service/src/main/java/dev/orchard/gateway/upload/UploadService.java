package dev.orchard.gateway.upload;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.upload.BlobClient.PutOutcome;
import dev.orchard.gateway.upload.UploadBody.About;
import dev.orchard.gateway.upload.UploadRecordClient.RecordOutcome;
import dev.orchard.support.naming.InvalidValueException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** Takes a file in: declared first, streamed once, recorded last. What does not get that far leaves nothing behind. */
@Service
class UploadService {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final UploadRecordClient records;
    private final BlobClient blobs;
    private final Duration patience;
    private final MeterRegistry meters;

    UploadService(UploadRecordClient records, BlobClient blobs, GatewaySettings settings, MeterRegistry meters) {
        this.records = records;
        this.blobs = blobs;
        this.patience = settings.completePatience();
        this.meters = meters;
    }

    /** @throws InvalidValueException if the body breaks a rule that its headers did not show */
    UploadOutcome upload(UploadRequest request, UploadBody body) {
        var outcome = switch (records.begin(UploadFacts.declared(request, body))) {
            case RecordOutcome.Recorded known -> new UploadOutcome.Recorded(known.answer(), known.sha256());
            case RecordOutcome.Refused refused -> new UploadOutcome.Refused(refused.refusal());
            case RecordOutcome.Unsettled unsettled -> new UploadOutcome.Unsettled();
            case RecordOutcome.Intended intent -> receive(request, body, intent);
        };
        meters.counter("orchard.uploads", "outcome", outcome.label()).increment();
        return outcome;
    }

    private UploadOutcome receive(UploadRequest request, UploadBody body, RecordOutcome.Intended intent) {
        UploadOutcome outcome = null;
        try {
            outcome = request.onlyKnownContent() ? new UploadOutcome.ContentUnknown() : store(request, body, intent);
            return outcome;
        } finally {
            if (!(outcome instanceof UploadOutcome.Recorded || outcome instanceof UploadOutcome.Unsettled)) {
                records.giveUp(intent.uploadId());
            }
        }
    }

    private UploadOutcome store(UploadRequest request, UploadBody body, RecordOutcome.Intended intent) {
        try {
            var source = new SourceStream(body.file());
            var put = blobs.put(intent.storageKey(), source, request.length());
            meters.counter("orchard.upload.bytes").increment((double) source.count());
            return switch (put) {
                case PutOutcome.Full full -> new UploadOutcome.StorageFull();
                case PutOutcome.Unavailable unavailable -> new UploadOutcome.StorageUnavailable();
                case PutOutcome.BrokenOff brokenOff -> new UploadOutcome.BrokenOff();
                case PutOutcome.Stored stored
                when stored.size() != source.count() -> new UploadOutcome.StorageUnavailable();
                case PutOutcome.Stored stored -> record(request, body.about(), stored, intent);
            };
        } catch (IOException e) {
            return new UploadOutcome.BrokenOff();
        }
    }

    private UploadOutcome record(
            UploadRequest request, About about, PutOutcome.Stored stored, RecordOutcome.Intended intent) {
        var declared = request.declared();
        if (declared != null && !declared.equals(stored.sha256())) {
            return new UploadOutcome.DigestMismatch(declared, stored.sha256());
        }
        return switch (completePatiently(intent.uploadId(), UploadFacts.stored(request, about, stored))) {
            case RecordOutcome.Recorded recorded -> new UploadOutcome.Recorded(recorded.answer(), stored.sha256());
            case RecordOutcome.Refused refused -> new UploadOutcome.Refused(refused.refusal());
            case RecordOutcome.Unsettled unsettled -> new UploadOutcome.Unsettled();
            case RecordOutcome.Intended again -> throw new IllegalStateException("an upload was begun at its end");
        };
    }

    /** A restart of the metadata service or its database in the middle of an upload costs time only. */
    private RecordOutcome completePatiently(String uploadId, UploadFacts facts) {
        var deadline = Instant.now().plus(patience);
        var pause = FIRST_PAUSE;
        var outcome = records.complete(uploadId, facts);
        while (outcome instanceof RecordOutcome.Unsettled && Instant.now().isBefore(deadline) && rest(pause)) {
            outcome = records.complete(uploadId, facts);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return outcome;
    }

    private static boolean rest(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
