package dev.orchard.gateway.resumable;

import dev.orchard.gateway.upload.SourceStream;
import dev.orchard.gateway.upload.UploadMetrics;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Takes the parts of an upload in, in any order; what does not come whole is not recorded. */
@Service
class PartService {
    private final ResumableRecordClient records;
    private final PartClient parts;
    private final UploadMetrics metrics;

    PartService(ResumableRecordClient records, PartClient parts, UploadMetrics metrics) {
        this.records = records;
        this.parts = parts;
        this.metrics = metrics;
    }

    /**
     * What can be refused before the body is read is refused then.
     *
     * @param length how long the body is; null where only its end will tell
     */
    PutOutcome put(OpenUpload upload, int number, InputStream body, @Nullable Long length) {
        var plan = upload.plan();
        if (!plan.hasPart(number)) {
            return new PutOutcome.NoSuchPart();
        }
        long whole = plan.lengthOf(number);
        if (length != null && length > whole) {
            return new PutOutcome.TooLarge(whole);
        }
        if (length != null && isTooShort(plan, number, length)) {
            return new PutOutcome.TooShort(whole);
        }
        return store(upload, number, new SourceStream(body, whole), length);
    }

    private PutOutcome store(OpenUpload upload, int number, SourceStream source, @Nullable Long length) {
        long whole = upload.plan().lengthOf(number);
        String digestState =
                number == 1 ? null : upload.digestStateAt(upload.plan().start(number));
        var put = parts.put(new PartWrite(upload, number, whole, null, digestState, source, length));
        metrics.received(source.count());
        return switch (put) {
            case PartOutcome.Stored stored
            when isTooShort(upload.plan(), number, stored.size()) -> new PutOutcome.TooShort(whole);
            case PartOutcome.Stored stored -> record(upload, stored, digestState);
            case PartOutcome.TooLarge tooLarge -> new PutOutcome.TooLarge(whole);
            case PartOutcome.Gone gone -> new PutOutcome.Gone();
            case PartOutcome.Full full -> new PutOutcome.StorageFull();
            case PartOutcome.Unavailable(var why) -> new PutOutcome.Unavailable(why);
            case PartOutcome.BrokenOff brokenOff ->
                source.isTooLong() ? new PutOutcome.TooLarge(whole) : new PutOutcome.BrokenOff();
        };
    }

    private PutOutcome record(OpenUpload upload, PartOutcome.Stored stored, @Nullable String digestFrom) {
        String digestState = stored.digestState();
        Long digestBytes = digestState == null ? null : upload.plan().start(stored.part()) + stored.size();
        var part = new PartRecord(
                stored.size(), stored.checksumCrc32c(), stored.id(), digestState, digestBytes, digestFrom, null, null);
        return switch (records.recordPart(upload.uploadId(), stored.part(), part)) {
            case StateOutcome.Open open -> new PutOutcome.Recorded(stored.asPart());
            case StateOutcome.Assembled assembled -> new PutOutcome.Completed();
            case StateOutcome.Completed completed -> new PutOutcome.Completed();
            case StateOutcome.Refused refused -> new PutOutcome.Refused(refused.refusal());
            case StateOutcome.Unsettled unsettled -> new PutOutcome.Unavailable(null);
        };
    }

    private static boolean isTooShort(PartPlan plan, int number, long length) {
        return plan.size() != null && length < plan.lengthOf(number);
    }
}
