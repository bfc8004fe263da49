package dev.orchard.storage.s3;

import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.BrokenBodyException;
import dev.orchard.storage.content.Crc32cSum;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.content.ResumableDigest;
import dev.orchard.storage.parts.PartAddress;
import dev.orchard.storage.parts.PartOutcome;
import dev.orchard.storage.parts.StoredPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One write of one part: what there is of it already and the body, in memory, sent as one. */
final class S3PartWrite {
    /** The longest array that every Java has, less the byte that shows that a body is too long. */
    private static final long LONGEST = Integer.MAX_VALUE - 9;

    private final S3Bucket bucket;
    private final S3Partials partials;
    private final PartAddress part;
    private final BlobContent body;
    private final @Nullable String after;
    private final @Nullable ResumableDigest digest;

    S3PartWrite(
            S3Bucket bucket,
            S3Partials partials,
            PartAddress part,
            BlobContent body,
            @Nullable String after,
            @Nullable DigestState before) {
        this.bucket = bucket;
        this.partials = partials;
        this.part = part;
        this.body = body;
        this.after = after;
        this.digest = digest(part, after, before);
    }

    PartOutcome run(S3Buffers memory) throws IOException {
        long longest = Math.min(part.whole(), LONGEST);
        if (part.whole() > LONGEST || body.declaredLength().orElse(0) > longest) {
            return new PartOutcome.TooLarge(longest);
        }
        // What is there already is at most a whole part: so nobody waits for memory with a connection in hand.
        long most = after == null ? body.declaredLength().orElse(longest) : longest;
        try (var _ = memory.take((int) most + 1)) {
            return keep();
        } catch (BrokenBodyException e) {
            return new PartOutcome.BodyBroken(String.valueOf(e.getMessage()));
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case S3Calls.NOT_FOUND -> new PartOutcome.NoUpload();
                case S3Calls.INSUFFICIENT_STORAGE -> new PartOutcome.StoreFull();
                default -> throw e;
            };
        }
    }

    private PartOutcome keep() throws IOException {
        var there = there();
        if (there.isEmpty()) {
            return new PartOutcome.NoUpload();
        }
        int room = (int) part.whole() - there.get().length;
        if (body.declaredLength().orElse(0) > room) {
            return new PartOutcome.TooLarge(part.whole());
        }
        byte[] bytes = new byte[(int) body.declaredLength().orElse(room) + 1];
        int count = body.take(bytes, bytes.length);
        return count > room ? new PartOutcome.TooLarge(part.whole()) : keep(there.get(), bytes, count);
    }

    /** What the body continues: only a part that is not whole yet can be. */
    private Optional<byte[]> there() throws IOException {
        if (after == null) {
            return Optional.of(new byte[0]);
        }
        return S3Partials.isId(after) ? partials.read(part.key(), after, part.whole()) : Optional.empty();
    }

    private PartOutcome keep(byte[] there, byte[] bytes, int count) throws IOException {
        int size = there.length + count;
        var payload = S3Payload.of(ByteBuffer.wrap(there), ByteBuffer.wrap(bytes, 0, count));
        String id = size == part.whole() ? putWhole(payload, bytes, count) : putPartial(payload, bytes, count);
        if (!bucket.isUnderWay(part.key().toString(), part.handle())) {
            remove(id);
            return new PartOutcome.NoUpload();
        }
        int crc = Crc32cSum.concatenated(Crc32cSum.of(there, 0, there.length), Crc32cSum.of(bytes, 0, count), count);
        return new PartOutcome.Stored(
                new StoredPart(part.number(), size, Crc32cSum.written(crc), id),
                digest == null ? null : digest.state());
    }

    /** The digest is slow, so it is computed while the part is on its way. */
    private String putWhole(S3Payload payload, byte[] bytes, int count) throws IOException {
        var sent = bucket.send(part.key().toString(), part.handle(), part.number(), payload);
        sumUp(bytes, count);
        return S3Calls.await(sent).eTag();
    }

    private String putPartial(S3Payload payload, byte[] bytes, int count) throws IOException {
        String id = partials.put(part.key(), payload);
        sumUp(bytes, count);
        return id;
    }

    /**
     * The upload was given up. That is asked after the part was written, so that whoever gives it up either meets the
     * part or is met here; and it is asked for whole parts too, which some stores take for an upload that is gone.
     */
    private void remove(String id) throws IOException {
        if (S3Partials.isId(id)) {
            partials.remove(part.key(), id);
        } else {
            bucket.tryToAbort(part.key().toString(), part.handle());
        }
    }

    private void sumUp(byte[] bytes, int count) {
        if (digest != null) {
            digest.update(bytes, 0, count);
        }
    }

    private static @Nullable ResumableDigest digest(
            PartAddress part, @Nullable String after, @Nullable DigestState before) {
        if (before != null) {
            return ResumableDigest.resume(before).orElse(null);
        }
        return part.number() == 1 && after == null ? new ResumableDigest() : null;
    }
}
