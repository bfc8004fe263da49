package dev.orchard.storage.s3;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.StoreFailedException;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.Checksums;
import dev.orchard.storage.content.Crc32cSum;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.content.ExtraDigest;
import dev.orchard.storage.content.ResumableDigest;
import dev.orchard.storage.parts.CompleteOutcome;
import dev.orchard.storage.parts.StoredPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The end of one upload in parts: its parts become an object, or it is told what lacks, or that it is one already. */
final class S3Completion {
    private final S3Bucket bucket;
    private final S3Partials partials;
    private final BlobKey key;
    private final String handle;

    /** Those that have bytes, in their order. */
    private final List<StoredPart> parts;

    S3Completion(S3Bucket bucket, S3Partials partials, BlobKey key, String handle, List<StoredPart> parts) {
        this.bucket = bucket;
        this.partials = partials;
        this.key = key;
        this.handle = handle;
        this.parts = parts.stream().filter(part -> part.size() > 0).toList();
    }

    /** Empty if the object is there: made now, or before. */
    Optional<CompleteOutcome> run(S3Buffers memory) throws IOException {
        try {
            if (!bucket.isUnderWay(key.toString(), handle)) {
                return unlessThere(new CompleteOutcome.NoUpload());
            }
            var missing = missing();
            var last = missing.isEmpty() ? last(memory) : Optional.<CompletedPart>empty();
            if (last.isEmpty()) {
                return missing(missing);
            }
            bucket.complete(key.toString(), handle, with(last.get()));
            return Optional.empty();
        } catch (S3Exception e) {
            return refused(e);
        } catch (IOException e) {
            if (bucket.findKnown(key.toString()).isEmpty()) {
                throw e;
            }
            // What was asked for has happened, here or by another call at the same time.
            return Optional.empty();
        }
    }

    /** The checksums of the object's bytes, which are read only if the state does not know them. */
    Checksums checksums(long size, Set<ExtraDigest> digests, @Nullable DigestState state, Duration patience)
            throws IOException {
        var known =
                state == null || !digests.isEmpty() ? Optional.<ResumableDigest>empty() : ResumableDigest.resume(state);
        return known.isPresent() && isOfTheseParts(known.get(), size)
                ? known.get().checksums()
                : read(size, digests, patience);
    }

    private Optional<CompleteOutcome> refused(S3Exception refusal) throws IOException {
        return switch (refusal.statusCode()) {
            case S3Calls.NOT_FOUND, S3Calls.PRECONDITION_FAILED, S3Calls.CONFLICT ->
                unlessThere(new CompleteOutcome.NoUpload());
            case S3Calls.INSUFFICIENT_STORAGE -> Optional.of(new CompleteOutcome.StoreFull());
            case S3Calls.BAD_REQUEST -> {
                var missing = missing();
                if (missing.isEmpty() && bucket.isUnderWay(key.toString(), handle)) {
                    throw refusal;
                }
                yield missing(missing);
            }
            default -> throw refusal;
        };
    }

    /** Which parts lack but for a last one that is short. Asked first: not every store compares all that it is given. */
    private List<Integer> missing() throws IOException {
        Map<Integer, Part> kept = new HashMap<>();
        bucket.parts(key.toString(), handle).forEach(part -> kept.put(part.partNumber(), part));
        return parts.stream()
                .filter(part -> !isLastAndPartial(part) && !isSame(part, kept.get(part.part())))
                .map(StoredPart::part)
                .toList();
    }

    /** These parts lack, or the last if there are none; or another call has made the object of them meanwhile. */
    private Optional<CompleteOutcome> missing(List<Integer> numbers) throws IOException {
        if (!bucket.isUnderWay(key.toString(), handle)) {
            return unlessThere(new CompleteOutcome.NoUpload());
        }
        return Optional.of(new CompleteOutcome.Missing(
                numbers.isEmpty() ? List.of(parts.getLast().part()) : numbers));
    }

    private Optional<CompleteOutcome> unlessThere(CompleteOutcome outcome) throws IOException {
        return bucket.findKnown(key.toString()).isPresent() ? Optional.empty() : Optional.of(outcome);
    }

    /** The last part, which is made one of the upload if it is not yet; empty if it is not there. */
    private Optional<CompletedPart> last(S3Buffers memory) throws IOException {
        if (parts.isEmpty()) {
            // An object is made of one part at least.
            return Optional.of(S3Calls.await(bucket.send(key.toString(), handle, 1, S3Payload.of())));
        }
        var last = parts.getLast();
        return isLastAndPartial(last) ? partial(last, memory) : Optional.of(completed(last));
    }

    private Optional<CompletedPart> partial(StoredPart last, S3Buffers memory) throws IOException {
        try (var _ = memory.take((int) last.size())) {
            var bytes = partials.read(key, last.id(), last.size());
            return bytes.isEmpty() || bytes.get().length != last.size()
                    ? Optional.empty()
                    : Optional.of(S3Calls.await(bucket.send(
                            key.toString(), handle, last.part(), S3Payload.of(ByteBuffer.wrap(bytes.get())))));
        }
    }

    private List<CompletedPart> with(CompletedPart last) {
        List<CompletedPart> all = new ArrayList<>();
        parts.stream()
                .limit(Math.max(0, parts.size() - 1))
                .map(S3Completion::completed)
                .forEach(all::add);
        all.add(last);
        return all;
    }

    private boolean isOfTheseParts(ResumableDigest digest, long size) {
        int crc = 0;
        long length = 0;
        for (StoredPart part : parts) {
            crc = Crc32cSum.concatenated(crc, HexFormat.fromHexDigits(part.checksumCrc32c()), part.size());
            length += part.size();
        }
        return digest.length() == size && length == size && digest.crc32c().equals(Crc32cSum.written(crc));
    }

    private Checksums read(long size, Set<ExtraDigest> digests, Duration patience) throws IOException {
        try (var body = S3Body.of(bucket.open(key.toString(), null), patience)) {
            var content = new BlobContent(body, OptionalLong.of(size), digests);
            content.drain();
            return content.checksums();
        } catch (IOException e) {
            throw new StoreFailedException(StoreFailedException.Kind.HASH_COMPUTATION, e);
        }
    }

    private boolean isLastAndPartial(StoredPart part) {
        return part.equals(parts.getLast()) && S3Partials.isId(part.id());
    }

    private static boolean isSame(StoredPart part, @Nullable Part kept) {
        return kept != null && bare(kept.eTag()).equals(bare(part.id())) && kept.size() == part.size();
    }

    private static String bare(String entityTag) {
        return entityTag.replace("\"", "");
    }

    private static CompletedPart completed(StoredPart part) {
        return CompletedPart.builder().partNumber(part.part()).eTag(part.id()).build();
    }
}
