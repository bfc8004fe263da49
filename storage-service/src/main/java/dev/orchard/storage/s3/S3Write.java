package dev.orchard.storage.s3;

import dev.orchard.storage.blob.ObjectKey;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.BrokenBodyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One write: a single object if it fits into one part, a multipart upload with parts side by side otherwise. */
final class S3Write {
    /** Marks an object as the work of one write, which can so be told from another's after a lost answer. */
    private static final String WRITE_ID = "orchard-write";

    private final S3Bucket bucket;
    private final String key;
    private final BlobContent content;
    private final int partSize;
    private final S3PartsInFlight parts;
    private final String writeId = UUID.randomUUID().toString();

    /** @param parts where nothing is in flight yet */
    S3Write(S3Bucket bucket, ObjectKey key, BlobContent content, int partSize, S3PartsInFlight parts) {
        this.bucket = bucket;
        this.key = key.toString();
        this.content = content;
        this.partSize = partSize;
        this.parts = parts;
    }

    WriteOutcome run() throws IOException {
        try {
            byte[] first = parts.buffer();
            int count = content.fill(first);
            return count < partSize ? putObject(ByteBuffer.wrap(first, 0, count)) : putParts(first);
        } catch (BrokenBodyException e) {
            return new WriteOutcome.BodyBroken(String.valueOf(e.getMessage()));
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case S3Calls.PRECONDITION_FAILED, S3Calls.CONFLICT, S3Calls.NOT_FOUND -> claimed(e);
                case S3Calls.INSUFFICIENT_STORAGE -> new WriteOutcome.StoreFull();
                default -> throw e;
            };
        }
    }

    private WriteOutcome putObject(ByteBuffer all) throws IOException {
        bucket.put(key, S3Payload.of(all), Map.of(WRITE_ID, writeId));
        return written();
    }

    private WriteOutcome putParts(byte[] first) throws IOException {
        String uploadId = bucket.begin(key, Map.of(WRITE_ID, writeId));
        boolean completed = false;
        try {
            if (!sendParts(uploadId, first)) {
                return new WriteOutcome.TooLarge(S3PartSize.limit(partSize));
            }
            bucket.complete(key, uploadId, parts.finish());
            completed = true;
            return written();
        } finally {
            if (!completed) {
                parts.close();
                bucket.tryToAbort(key, uploadId);
            }
        }
    }

    /** Sends the part that was read and all that follow; false if there are more than there may be. */
    private boolean sendParts(String uploadId, byte[] first) throws IOException {
        send(uploadId, first, partSize);
        for (int count = partSize; count == partSize; ) {
            byte[] buffer = parts.buffer();
            count = content.fill(buffer);
            if (content.length() > S3PartSize.limit(partSize)) {
                return false;
            }
            if (count > 0) {
                send(uploadId, buffer, count);
            }
        }
        return true;
    }

    private void send(String uploadId, byte[] buffer, int count) {
        var bytes = ByteBuffer.wrap(buffer, 0, count);
        parts.add(bytes, bucket.send(key, uploadId, parts.count() + 1, S3Payload.of(bytes)));
    }

    /** The key is taken: by this very write if the answer to its first try was lost, by another's otherwise. */
    private WriteOutcome claimed(S3Exception refusal) throws IOException {
        var object = bucket.findKnown(key).orElseThrow(() -> refusal);
        return writeId.equals(object.metadata().get(WRITE_ID)) ? written() : new WriteOutcome.KeyTaken();
    }

    private WriteOutcome written() {
        return new WriteOutcome.Written(content.length(), content.checksums());
    }
}
