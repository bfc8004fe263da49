package dev.orchard.storage.s3;

import static dev.orchard.storage.s3.S3Calls.call;

import dev.orchard.storage.blob.ObjectKey;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.BrokenBodyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One write: a single object if it fits into one part, a multipart upload otherwise. One part is in memory at a time. */
final class S3Write {
    /** Marks an object as the work of one write, which can so be told from another's after a lost answer. */
    private static final String WRITE_ID = "orchard-write";

    private static final String BINARY = "application/octet-stream";
    private static final Logger log = LoggerFactory.getLogger(S3Write.class);

    private final S3Client s3;
    private final String bucket;
    private final String key;
    private final BlobContent content;
    private final byte[] part;
    private final String writeId = UUID.randomUUID().toString();

    S3Write(S3Client s3, String bucket, ObjectKey key, BlobContent content, byte[] part) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key.toString();
        this.content = content;
        this.part = part;
    }

    WriteOutcome run() throws IOException {
        try {
            int count = content.fill(part);
            return count < part.length ? putObject(count) : putParts();
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

    private WriteOutcome putObject(int count) throws IOException {
        call(() -> s3.putObject(
                request -> request.bucket(bucket)
                        .key(key)
                        .ifNoneMatch("*")
                        .metadata(Map.of(WRITE_ID, writeId))
                        .contentType(BINARY)
                        .contentMD5(md5(count)),
                body(count)));
        return written();
    }

    private WriteOutcome putParts() throws IOException {
        String uploadId = call(() -> s3.createMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .metadata(Map.of(WRITE_ID, writeId))
                        .contentType(BINARY)))
                .uploadId();
        boolean completed = false;
        try {
            if (!putParts(uploadId)) {
                return new WriteOutcome.TooLarge(S3PartSize.limit(part.length));
            }
            completed = true;
            return written();
        } finally {
            if (!completed) {
                abort(uploadId);
            }
        }
    }

    /** Sends the part that is in the buffer and all that follow; false if there are more than there may be. */
    private boolean putParts(String uploadId) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        for (int count = part.length; count > 0; count = count < part.length ? 0 : content.fill(part)) {
            if (content.length() > S3PartSize.limit(part.length)) {
                return false;
            }
            parts.add(putPart(uploadId, parts.size() + 1, count));
        }
        call(() -> s3.completeMultipartUpload(request -> request.bucket(bucket)
                .key(key)
                .uploadId(uploadId)
                .ifNoneMatch("*")
                .multipartUpload(upload -> upload.parts(parts))));
        return true;
    }

    private CompletedPart putPart(String uploadId, int number, int count) throws IOException {
        var stored = call(() -> s3.uploadPart(
                request -> request.bucket(bucket)
                        .key(key)
                        .uploadId(uploadId)
                        .partNumber(number)
                        .contentMD5(md5(count)),
                body(count)));
        return CompletedPart.builder().partNumber(number).eTag(stored.eTag()).build();
    }

    /** The key is taken: by this very write if the answer to its first try was lost, by another's otherwise. */
    private WriteOutcome claimed(S3Exception refusal) throws IOException {
        try {
            var object =
                    call(() -> s3.headObject(request -> request.bucket(bucket).key(key)));
            return writeId.equals(object.metadata().get(WRITE_ID)) ? written() : new WriteOutcome.KeyTaken();
        } catch (S3Exception e) {
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private WriteOutcome written() {
        return new WriteOutcome.Written(content.length(), content.checksums());
    }

    private void abort(String uploadId) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
        } catch (SdkException e) {
            log.warn("the parts of {} could not be removed now; they are when they are old: {}", key, e.toString());
        }
    }

    private RequestBody body(int count) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(part, 0, count), count, BINARY);
    }

    /** Of all checksums the one that every store verifies: what was damaged on its way is refused. */
    private String md5(int count) {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            md5.update(part, 0, count);
            return Base64.getEncoder().encodeToString(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
