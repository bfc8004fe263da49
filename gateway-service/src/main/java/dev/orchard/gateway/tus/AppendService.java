package dev.orchard.gateway.tus;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.resumable.CompletionService;
import dev.orchard.gateway.resumable.OpenUpload;
import dev.orchard.gateway.resumable.PartClient;
import dev.orchard.gateway.resumable.ResumableRecordClient;
import dev.orchard.gateway.resumable.StateOutcome;
import dev.orchard.gateway.upload.UploadMetrics;
import java.io.InputStream;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Takes chunks in, one writer at a time: whoever comes last writes, and who wrote before records nothing more. */
@Service
class AppendService {
    private final ResumableRecordClient records;
    private final PartClient parts;
    private final CompletionService completion;
    private final long uploadLimit;
    private final UploadMetrics metrics;

    AppendService(
            ResumableRecordClient records,
            PartClient parts,
            CompletionService completion,
            GatewaySettings settings,
            UploadMetrics metrics) {
        this.records = records;
        this.parts = parts;
        this.completion = completion;
        this.uploadLimit = settings.uploadLimit().toBytes();
        this.metrics = metrics;
    }

    /** Appends a chunk. What can be refused before its body is read is refused then. */
    AppendOutcome append(OpenUpload found, Chunk chunk) {
        if (chunk.offset() != found.receivedBytes()) {
            return new AppendOutcome.WrongOffset(found.receivedBytes());
        }
        Long size = chunk.uploadLength();
        if (size == null || size.equals(found.size())) {
            return appendSized(found, chunk);
        }
        if (size > limit(found)) {
            return new AppendOutcome.TooLarge(limit(found));
        }
        return size < found.receivedBytes()
                ? new AppendOutcome.LengthTooSmall()
                : onState(records.setSize(found.uploadId(), size), sized -> appendSized(sized, chunk));
    }

    private AppendOutcome appendSized(OpenUpload found, Chunk chunk) {
        long limit = limit(found);
        Long length = chunk.length();
        if (length != null && length > limit - chunk.offset()) {
            return new AppendOutcome.TooLarge(limit);
        }
        if (length != null && length == 0) {
            return endIfWhole(found);
        }
        return onState(
                records.takeWriter(found.uploadId()),
                upload -> upload.receivedBytes() == chunk.offset()
                        ? write(upload, chunk.stream())
                        : new AppendOutcome.WrongOffset(upload.receivedBytes()));
    }

    private static AppendOutcome onState(StateOutcome state, Function<OpenUpload, AppendOutcome> next) {
        return switch (state) {
            case StateOutcome.Open(var upload) -> next.apply(upload);
            case StateOutcome.Assembled assembled -> new AppendOutcome.Closed();
            case StateOutcome.Completed completed -> new AppendOutcome.Closed();
            case StateOutcome.Refused(var refusal) -> new AppendOutcome.Refused(refusal);
            case StateOutcome.Unsettled unsettled -> new AppendOutcome.Unavailable(null);
        };
    }

    /** Completes an upload that has all its bytes; one whose completion failed before is completed now. */
    AppendOutcome endIfWhole(OpenUpload upload) {
        if (!upload.isWhole()) {
            return new AppendOutcome.Appended(upload);
        }
        if (!upload.parts().isEmpty()) {
            return new AppendOutcome.Ended(upload, completion.complete(upload));
        }
        return endEmpty(upload);
    }

    private AppendOutcome endEmpty(OpenUpload upload) {
        var nothing = new ChunkStream(InputStream.nullInputStream(), null);
        var appending = new Appending(parts, records, upload, nothing, 0);
        var failure = appending.appendNothing();
        return failure == null ? new AppendOutcome.Ended(upload, completion.complete(appending.upload())) : failure;
    }

    private AppendOutcome write(OpenUpload upload, ChunkStream chunk) {
        var appending = new Appending(parts, records, upload, chunk, limit(upload));
        var failure = appending.append();
        metrics.received(appending.received());
        return failure == null ? endIfWhole(appending.upload()) : failure;
    }

    private long limit(OpenUpload upload) {
        return Math.min(uploadLimit, upload.plan().capacity());
    }
}
