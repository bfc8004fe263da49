package dev.orchard.storage.s3;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Keeps each blob as one object of a bucket, on anything that speaks S3. */
final class S3BlobStore implements BlobStore {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final S3Settings settings;
    private final S3Bucket bucket;
    private final S3Presigner presigner;
    private final S3Buffers memory;
    private final Clock clock;

    S3BlobStore(S3Settings settings, S3Bucket bucket, S3Presigner presigner, S3Buffers memory, Clock clock) {
        this.settings = settings;
        this.bucket = bucket;
        this.presigner = presigner;
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public WriteOutcome write(ObjectKey key, BlobContent content) throws IOException {
        int partSize =
                S3PartSize.of(content.declaredLength(), settings.partSize().toBytes());
        try (var parts = new S3PartsInFlight(memory, partSize, settings.parallelParts())) {
            return new S3Write(bucket, key, content, partSize, parts).run();
        }
    }

    @Override
    public ReadOutcome open(ObjectKey key, BlobRange range) throws IOException {
        try {
            var object = bucket.open(key.toString(), header(range));
            var body = S3Body.of(object, settings.retry().attemptTimeout());
            return new ReadOutcome.Opened(new S3OpenBlob(body, slice(object.response())));
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
        return size(bucket.find(key.toString()));
    }

    @Override
    public BlobPage list(@Nullable BlobKey after, int limit) throws IOException {
        List<BlobPage.KeptBlob> blobs = new ArrayList<>();
        @Nullable String last = after == null ? null : after.toString();
        boolean more = true;
        while (more && blobs.size() < limit) {
            var page = bucket.objects(BlobKey.PREFIX, last, limit - blobs.size());
            for (S3Object object : page.contents()) {
                last = object.key();
                String id = object.key().substring(BlobKey.PREFIX.length());
                if (BlobKey.isWritten(id)) {
                    blobs.add(new BlobPage.KeptBlob(BlobKey.of(id), object.size(), object.lastModified()));
                }
            }
            more = Boolean.TRUE.equals(page.isTruncated());
        }
        return new BlobPage(blobs, more);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        bucket.delete(key.toString());
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
        bucket.abortBegunBefore(BlobKey.PREFIX, before);
        bucket.abortBegunBefore(LogKey.PREFIX, before);
    }

    @Override
    public void probe() throws IOException {
        bucket.probe();
    }

    private ReadOutcome outOfRange(ObjectKey key) throws IOException {
        var size = size(bucket.findKnown(key.toString()));
        return size.isPresent() ? new ReadOutcome.OutOfRange(size.getAsLong()) : new ReadOutcome.Missing();
    }

    private static OptionalLong size(Optional<HeadObjectResponse> object) {
        return object.map(HeadObjectResponse::contentLength)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
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
    private static BlobSlice slice(GetObjectResponse object) {
        String range = object.contentRange();
        long length = object.contentLength();
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
