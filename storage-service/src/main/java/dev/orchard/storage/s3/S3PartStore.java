package dev.orchard.storage.s3;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.content.ExtraDigest;
import dev.orchard.storage.parts.CompleteOutcome;
import dev.orchard.storage.parts.PartAddress;
import dev.orchard.storage.parts.PartOutcome;
import dev.orchard.storage.parts.PartStore;
import dev.orchard.storage.parts.StoredPart;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Keeps the parts of a blob as a multipart upload under the blob's key. A part that is whole is one of the upload's, and
 * its id its entity tag: S3 keeps one part by each number, so writing one again with other bytes ends the one before.
 */
final class S3PartStore implements PartStore {
    private static final Logger log = LoggerFactory.getLogger(S3PartStore.class);

    private final S3Settings settings;
    private final S3Bucket bucket;
    private final S3Buffers memory;
    private final Clock clock;
    private final S3Partials partials;

    S3PartStore(S3Settings settings, S3Bucket bucket, S3Buffers memory, Clock clock) {
        this.settings = settings;
        this.bucket = bucket;
        this.memory = memory;
        this.clock = clock;
        this.partials = new S3Partials(bucket, settings.retry());
    }

    @Override
    public String begin(BlobKey key) throws IOException {
        return bucket.begin(key.toString(), Map.of());
    }

    @Override
    public PartOutcome write(PartAddress part, BlobContent body, @Nullable String after, @Nullable DigestState before)
            throws IOException {
        return new S3PartWrite(bucket, partials, part, body, after, before).run(memory);
    }

    @Override
    public CompleteOutcome complete(
            BlobKey key, String handle, List<StoredPart> parts, Set<ExtraDigest> digests, @Nullable DigestState state)
            throws IOException {
        var completion = new S3Completion(bucket, partials, key, handle, parts);
        var other = completion.run(memory);
        if (other.isPresent()) {
            return other.get();
        }
        tryToRemovePartials(key);
        var object = bucket.findKnown(key.toString());
        if (object.isEmpty()) {
            return new CompleteOutcome.NoUpload();
        }
        long size = object.get().contentLength();
        return new CompleteOutcome.Completed(
                size,
                completion.checksums(size, digests, state, settings.retry().attemptTimeout()));
    }

    /** First the upload and then what is beside it: a write that comes late finds the upload gone, or is found here. */
    @Override
    public void abandon(BlobKey key) throws IOException {
        for (var upload : bucket.uploads(key.toString())) {
            bucket.abort(upload.key(), upload.uploadId());
        }
        partials.removeAll(key);
    }

    @Override
    public void removeAbandoned() throws IOException {
        var before = clock.instant().minus(settings.abandonedAfter());
        bucket.abortBegunBefore(BlobKey.PREFIX, before);
        partials.removeWrittenBefore(before);
    }

    private void tryToRemovePartials(BlobKey key) {
        try {
            partials.removeAll(key);
        } catch (IOException | S3Exception e) {
            log.warn("short parts of {} could not be removed now; they are when they are old: {}", key, e.toString());
        }
    }
}
