package dev.orchard.storage.s3;

import static dev.orchard.storage.s3.S3Calls.call;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobLink;
import dev.orchard.storage.blob.BlobPage;
import dev.orchard.storage.blob.BlobRange;
import dev.orchard.storage.blob.BlobSlice;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.blob.LogKey;
import dev.orchard.storage.blob.ObjectKey;
import dev.orchard.storage.blob.ReadOutcome;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.storage.content.BlobContent;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Keeps each blob as one object of a bucket, on anything that speaks S3. */
final class S3BlobStore implements BlobStore {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final S3Settings settings;
    private final S3Client s3;
    private final S3Presigner presigner;
    private final Clock clock;
    private final S3Buffers buffers;

    S3BlobStore(S3Settings settings, S3Client s3, S3Presigner presigner, Clock clock) {
        this.settings = settings;
        this.s3 = s3;
        this.presigner = presigner;
        this.clock = clock;
        this.buffers = new S3Buffers(
                settings.uploadMemory() == null
                        ? S3Buffers.halfOfTheHeap()
                        : settings.uploadMemory().toBytes());
    }

    @Override
    public WriteOutcome write(ObjectKey key, BlobContent content) throws IOException {
        int partSize =
                S3PartSize.of(content.declaredLength(), settings.partSize().toBytes());
        try (var buffer = buffers.take(partSize)) {
            return new S3Write(s3, settings.bucket(), key, content, buffer.bytes()).run();
        }
    }

    @Override
    public ReadOutcome open(ObjectKey key, BlobRange range) throws IOException {
        try {
            var object = call(() -> s3.getObject(request ->
                    request.bucket(settings.bucket()).key(key.toString()).range(header(range))));
            return new ReadOutcome.Opened(new S3OpenBlob(object, slice(object)));
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case S3Calls.NOT_FOUND -> new ReadOutcome.Missing();
                case S3Calls.RANGE_NOT_SATISFIABLE -> outOfRange(key);
                default -> throw e;
            };
        }
    }

    @Override
    public OptionalLong findSize(ObjectKey key) throws IOException {
        try {
            return OptionalLong.of(call(() -> s3.headObject(
                            request -> request.bucket(settings.bucket()).key(key.toString())))
                    .contentLength());
        } catch (S3Exception e) {
            if (e.statusCode() == S3Calls.NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    @Override
    public BlobPage list(@Nullable BlobKey after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        call(() -> s3.deleteObject(request -> request.bucket(settings.bucket()).key(key.toString())));
    }

    @Override
    public Optional<BlobLink> link(BlobKey key, String contentType, String contentDisposition) {
        var object = GetObjectRequest.builder()
                .bucket(settings.bucket())
                .key(key.toString())
                .responseContentType(contentType)
                .responseContentDisposition(contentDisposition)
                .build();
        var signed = presigner.presignGetObject(
                request -> request.signatureDuration(settings.linkLifetime()).getObjectRequest(object));
        return Optional.of(new BlobLink(URI.create(signed.url().toString()), signed.expiration()));
    }

    @Override
    public void removeAbandoned() throws IOException {
        var before = clock.instant().minus(settings.abandonedAfter());
        removeAbandoned(BlobKey.PREFIX, before);
        removeAbandoned(LogKey.PREFIX, before);
    }

    @Override
    public void probe() throws IOException {
        call(() -> s3.headBucket(request -> request.bucket(settings.bucket())));
    }

    private void removeAbandoned(String prefix, Instant before) throws IOException {
        call(() -> {
            s3
                    .listMultipartUploadsPaginator(
                            request -> request.bucket(settings.bucket()).prefix(prefix))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.initiated().isBefore(before))
                    .forEach(this::abort);
            return before;
        });
    }

    private void abort(MultipartUpload upload) {
        s3.abortMultipartUpload(
                request -> request.bucket(settings.bucket()).key(upload.key()).uploadId(upload.uploadId()));
    }

    private ReadOutcome outOfRange(ObjectKey key) throws IOException {
        var size = findSize(key);
        return size.isPresent() ? new ReadOutcome.OutOfRange(size.getAsLong()) : new ReadOutcome.Missing();
    }

    private static @Nullable String header(BlobRange range) {
        return switch (range) {
            case BlobRange.Whole() -> null;
            case BlobRange.From(long first) -> "bytes=" + first + "-";
            case BlobRange.Between(long first, long last) -> "bytes=" + first + "-" + last;
            case BlobRange.Last(long count) -> "bytes=-" + count;
        };
    }

    /** What the store says it sends, which need not be all that it was asked for. */
    private static BlobSlice slice(ResponseInputStream<GetObjectResponse> object) {
        String range = object.response().contentRange();
        long length = object.response().contentLength();
        if (range == null) {
            return new BlobSlice(0, length, length);
        }
        Matcher sent = CONTENT_RANGE.matcher(range);
        if (!sent.matches()) {
            throw new IllegalStateException("no Content-Range: " + range);
        }
        return new BlobSlice(Long.parseLong(sent.group(1)), length, Long.parseLong(sent.group(3)));
    }
}
