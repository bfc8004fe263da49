package dev.orchard.gateway.tus;

import dev.orchard.gateway.resumable.OpenUpload;
import dev.orchard.gateway.resumable.Part;
import dev.orchard.gateway.resumable.PartClient;
import dev.orchard.gateway.resumable.PartOutcome;
import dev.orchard.gateway.resumable.PartRecord;
import dev.orchard.gateway.resumable.PartWrite;
import dev.orchard.gateway.resumable.ResumableRecordClient;
import dev.orchard.gateway.resumable.StateOutcome;
import dev.orchard.gateway.upload.SourceStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chunk of one upload on its way into the store, piece by piece, none of them longer than the part it is in. */
final class Appending {
    private final PartClient parts;
    private final ResumableRecordClient records;
    private final ChunkStream chunk;
    private final long limit;
    private final List<Held> held = new ArrayList<>();
    private OpenUpload upload;
    private long received;

    /** @param limit how large the upload may become */
    Appending(PartClient parts, ResumableRecordClient records, OpenUpload upload, ChunkStream chunk, long limit) {
        this.parts = parts;
        this.records = records;
        this.upload = upload;
        this.chunk = chunk;
        this.limit = limit;
    }

    /** A piece that is durable, but not recorded before the whole chunk is known to be what was declared. */
    private record Held(int number, PartRecord part) {}

    OpenUpload upload() {
        return upload;
    }

    /** How many bytes came. */
    long received() {
        return received;
    }

    /** Takes all in that comes; null when there is nothing to say against it. */
    @Nullable
    AppendOutcome append() {
        while (chunk.hasMore()) {
            var failure = upload.receivedBytes() < limit ? storePiece() : new AppendOutcome.TooLarge(limit);
            if (failure != null) {
                return failure;
            }
        }
        if (!held.isEmpty() && chunk.isBroken()) {
            return new AppendOutcome.BrokenOff();
        }
        if (!chunk.isBroken() && !chunk.isAsDeclared()) {
            return new AppendOutcome.ChecksumMismatch();
        }
        var failure = recordHeld();
        return failure == null && chunk.isBroken() ? new AppendOutcome.BrokenOff() : failure;
    }

    /** An upload of nothing has one part of nothing. */
    @Nullable
    AppendOutcome appendNothing() {
        return storePiece();
    }

    private @Nullable AppendOutcome storePiece() {
        long offset = upload.receivedBytes();
        var plan = upload.plan();
        int number = plan.partAt(offset);
        long inside = offset - plan.start(number);
        Part after = inside == 0 ? null : upload.part(number).orElseThrow();
        long whole = plan.lengthOf(number);
        String digestState = offset == 0 ? null : upload.digestStateAt(offset);
        var source = new SourceStream(chunk.piece(Math.min(whole - inside, limit - offset)));
        var put = parts.put(new PartWrite(upload, number, whole, after, digestState, source, null));
        received += source.count();
        return switch (put) {
            case PartOutcome.Stored stored -> keep(stored, digestState);
            case PartOutcome.TooLarge tooLarge -> new AppendOutcome.TooLarge(limit);
            case PartOutcome.Gone gone -> new AppendOutcome.Gone();
            case PartOutcome.Full full -> new AppendOutcome.StorageFull();
            case PartOutcome.Unavailable(var why) -> new AppendOutcome.Unavailable(why);
            case PartOutcome.BrokenOff brokenOff -> new AppendOutcome.BrokenOff();
        };
    }

    private @Nullable AppendOutcome keep(PartOutcome.Stored stored, @Nullable String digestFrom) {
        var next = upload.with(stored);
        var part = new PartRecord(
                stored.size(),
                stored.checksumCrc32c(),
                stored.id(),
                next.digestState(),
                next.digestBytes(),
                digestFrom,
                upload.writer(),
                upload.receivedBytes());
        if (chunk.isVerified()) {
            held.add(new Held(stored.part(), part));
            upload = next;
            return null;
        }
        return record(stored.part(), part);
    }

    private @Nullable AppendOutcome recordHeld() {
        for (Held piece : held) {
            var failure = record(piece.number(), piece.part());
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private @Nullable AppendOutcome record(int number, PartRecord part) {
        return switch (records.recordPart(upload.uploadId(), number, part)) {
            case StateOutcome.Open(var recorded) -> {
                upload = recorded;
                yield null;
            }
            case StateOutcome.Assembled assembled -> new AppendOutcome.Closed();
            case StateOutcome.Completed completed -> new AppendOutcome.Closed();
            case StateOutcome.Refused(var refusal) -> new AppendOutcome.Refused(refusal);
            case StateOutcome.Unsettled unsettled -> new AppendOutcome.Unavailable(null);
        };
    }
}
