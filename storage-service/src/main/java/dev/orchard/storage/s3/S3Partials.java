package dev.orchard.storage.s3;

import dev.orchard.storage.blob.BlobKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The parts that are shorter than they will be. No multipart upload takes one that grows, so each is an object of its
 * own, {@code partial/UUID of the blob/UUID}, written once.
 */
final class S3Partials {
    private static final String PREFIX = "partial/";
    private static final Pattern ID = Pattern.compile("partial:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");
    private static final int PAGE = 1000;

    private final S3Bucket bucket;
    private final S3RetrySettings retry;

    S3Partials(S3Bucket bucket, S3RetrySettings retry) {
        this.bucket = bucket;
        this.retry = retry;
    }

    /** Whether this is the id of such a part, rather than one that is whole. */
    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** Keeps one, and answers its id. */
    String put(BlobKey key, S3Payload payload) throws IOException {
        var id = UUID.randomUUID();
        String object = prefix(key) + id;
        try {
            bucket.put(object, payload, Map.of());
        } catch (S3Exception e) {
            if (e.statusCode() != S3Calls.PRECONDITION_FAILED && e.statusCode() != S3Calls.CONFLICT) {
                throw e;
            }
            // A key made for this write is taken by this write: the first answer was lost.
            if (bucket.findKnown(object).isEmpty()) {
                throw e;
            }
        }
        return "partial:" + id;
    }

    /** Its bytes; empty if it is not there or longer than {@code most}. */
    Optional<byte[]> read(BlobKey key, String id, long most) throws IOException {
        try {
            var object = bucket.open(object(key, id), null);
            try (var body = S3Body.of(object, retry.attemptTimeout())) {
                long length = object.response().contentLength();
                return length > most ? Optional.empty() : Optional.of(exactly((int) length, body));
            }
        } catch (S3Exception e) {
            if (e.statusCode() == S3Calls.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    void remove(BlobKey key, String id) throws IOException {
        bucket.delete(object(key, id));
    }

    /** Removes all of one upload. */
    void removeAll(BlobKey key) throws IOException {
        remove(prefix(key), object -> true);
    }

    /** Removes those of all uploads that were written before then. */
    void removeWrittenBefore(Instant then) throws IOException {
        remove(PREFIX, object -> object.lastModified().isBefore(then));
    }

    private void remove(String prefix, Predicate<S3Object> which) throws IOException {
        @Nullable String last = null;
        boolean more = true;
        while (more) {
            var page = bucket.objects(prefix, last, PAGE);
            for (S3Object object : page.contents()) {
                last = object.key();
                if (which.test(object)) {
                    bucket.delete(object.key());
                }
            }
            more = Boolean.TRUE.equals(page.isTruncated());
        }
    }

    private static byte[] exactly(int length, S3Body body) throws IOException {
        byte[] bytes = body.readNBytes(length);
        if (bytes.length < length || body.read() >= 0) {
            throw new IOException("the store sent other than the " + length + " bytes that it announced");
        }
        return bytes;
    }

    private static String object(BlobKey key, String id) {
        var written = ID.matcher(id);
        if (!written.matches()) {
            throw new IllegalArgumentException("not the id of a part that is not whole: " + id);
        }
        return prefix(key) + written.group(1);
    }

    private static String prefix(BlobKey key) {
        return PREFIX + key.id() + "/";
    }
}
