package dev.orchard.storage.s3;

import static dev.orchard.storage.s3.S3Calls.await;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.ResponsePublisher;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The requests that are made of the one bucket, each waited for. They throw {@link IOException} where trying again later
 * may help, and {@link S3Exception} where the store refuses.
 */
final class S3Bucket {
    private static final String BINARY = "application/octet-stream";
    private static final String ANY = "*";
    private static final Logger log = LoggerFactory.getLogger(S3Bucket.class);

    private final S3AsyncClient s3;
    private final String bucket;
    private final S3RetrySettings retry;
    private final RetryStrategy untilThere;

    S3Bucket(S3AsyncClient s3, S3Settings settings) {
        this.s3 = s3;
        this.bucket = settings.bucket();
        this.retry = settings.retry();
        this.untilThere = S3Retries.untilThere(retry);
    }

    /** Makes an object, if there is none by this key. */
    void put(String key, S3Payload payload, Map<String, String> metadata) throws IOException {
        await(s3.putObject(
                request -> request.bucket(bucket)
                        .key(key)
                        .ifNoneMatch(ANY)
                        .metadata(metadata)
                        .contentType(BINARY)
                        .contentLength(payload.length())
                        .contentMD5(payload.md5()),
                payload.body()));
    }

    /** Begins a multipart upload, and answers its id. */
    String begin(String key, Map<String, String> metadata) throws IOException {
        return await(s3.createMultipartUpload(request ->
                        request.bucket(bucket).key(key).metadata(metadata).contentType(BINARY)))
                .uploadId();
    }

    /** Sends a part; the only call that is not waited for. */
    CompletableFuture<CompletedPart> send(String key, String uploadId, int number, S3Payload payload) {
        return s3.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentLength(payload.length())
                                .contentMD5(payload.md5()),
                        payload.body())
                .thenApply(stored -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(stored.eTag())
                        .build());
    }

    /** Makes an object of parts, if there is none by this key. */
    void complete(String key, String uploadId, List<CompletedPart> parts) throws IOException {
        await(s3.completeMultipartUpload(request -> request.bucket(bucket)
                .key(key)
                .uploadId(uploadId)
                .ifNoneMatch(ANY)
                .multipartUpload(upload -> upload.parts(parts))
                .overrideConfiguration(call -> call.apiCallAttemptTimeout(retry.completeTimeout()))));
    }

    /** Gives up a multipart upload, if there is one by this id. */
    void abort(String key, String uploadId) throws IOException {
        try {
            await(s3.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(uploadId)));
        } catch (S3Exception e) {
            if (e.statusCode() != S3Calls.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** As {@link #abort}, where a failure must not hide what happened before. */
    void tryToAbort(String key, String uploadId) {
        try {
            abort(key, uploadId);
        } catch (IOException | S3Exception e) {
            log.warn("the parts of {} could not be removed now; they are when they are old: {}", key, e.toString());
        }
    }

    /** The parts that a multipart upload has; none if there is no such upload. */
    List<Part> parts(String key, String uploadId) throws IOException {
        List<Part> parts = new ArrayList<>();
        boolean more = true;
        for (Integer marker = null; more; ) {
            @Nullable Integer after = marker;
            var page = orEmpty(s3.listParts(request ->
                    request.bucket(bucket).key(key).uploadId(uploadId).partNumberMarker(after)));
            page.ifPresent(answer -> parts.addAll(answer.parts()));
            marker = page.map(ListPartsResponse::nextPartNumberMarker).orElse(null);
            more = marker != null && page.map(ListPartsResponse::isTruncated).orElse(false);
        }
        return parts;
    }

    /** Asked of the list of uploads: not every store answers 404 to who asks for the parts of an upload that is gone. */
    boolean isUnderWay(String key, String uploadId) throws IOException {
        return uploads(key).stream().anyMatch(upload -> upload.uploadId().equals(uploadId));
    }

    /** Whether there is an object, asked once: whoever asks tries again. */
    Optional<HeadObjectResponse> find(String key) throws IOException {
        return head(key, S3Retries.none());
    }

    /** What is known to be there, asked again while the store does not see it; empty if it never does. */
    Optional<HeadObjectResponse> findKnown(String key) throws IOException {
        return head(key, untilThere);
    }

    /** Opens an object, or what of it the {@code Range} header asks for. */
    ResponsePublisher<GetObjectResponse> open(String key, @Nullable String range) throws IOException {
        return await(s3.getObject(
                request -> request.bucket(bucket).key(key).range(range), AsyncResponseTransformer.toPublisher()));
    }

    void delete(String key) throws IOException {
        await(s3.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    /** The multipart uploads that are not completed, whose keys begin so. */
    List<MultipartUpload> uploads(String prefix) throws IOException {
        List<MultipartUpload> uploads = new ArrayList<>();
        boolean more = true;
        for (String key = null, id = null; more; ) {
            @Nullable String afterKey = key;
            @Nullable String afterId = id;
            var page = await(s3.listMultipartUploads(request ->
                    request.bucket(bucket).prefix(prefix).keyMarker(afterKey).uploadIdMarker(afterId)));
            uploads.addAll(page.uploads());
            key = page.nextKeyMarker();
            id = page.nextUploadIdMarker();
            more = Boolean.TRUE.equals(page.isTruncated()) && key != null;
        }
        return uploads;
    }

    /** Gives up the multipart uploads whose keys begin so and that began before then. */
    void abortBegunBefore(String prefix, Instant then) throws IOException {
        for (var upload : uploads(prefix)) {
            if (upload.initiated().isBefore(then)) {
                abort(upload.key(), upload.uploadId());
            }
        }
    }

    /** The objects whose keys begin so, by key, at most {@code limit} and only those after {@code after}. */
    ListObjectsV2Response objects(String prefix, @Nullable String after, int limit) throws IOException {
        return await(s3.listObjectsV2(request ->
                request.bucket(bucket).prefix(prefix).startAfter(after).maxKeys(limit)));
    }

    void probe() throws IOException {
        await(s3.headBucket(request -> request.bucket(bucket)));
    }

    private Optional<HeadObjectResponse> head(String key, RetryStrategy strategy) throws IOException {
        return orEmpty(s3.headObject(request ->
                request.bucket(bucket).key(key).overrideConfiguration(call -> call.addPlugin(S3Retries.by(strategy)))));
    }

    private static <T> Optional<T> orEmpty(CompletableFuture<T> answer) throws IOException {
        try {
            return Optional.of(await(answer));
        } catch (S3Exception e) {
            if (e.statusCode() == S3Calls.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
