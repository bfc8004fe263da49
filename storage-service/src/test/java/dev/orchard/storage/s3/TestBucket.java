package dev.orchard.storage.s3;

import dev.orchard.parts.S3Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a real S3 server, with parts of 5 MB, room for two of them, and no patience. */
final class TestBucket implements AutoCloseable {
    static final int PART = 5 * 1024 * 1024;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final S3Settings settings;
    final S3Buffers memory;
    final S3AsyncClient s3;
    final S3Bucket bucket;

    TestBucket(URI endpoint) {
        this(endpoint, Duration.ofSeconds(20));
    }

    TestBucket(URI endpoint, Duration attemptTimeout) {
        settings = new S3Settings(
                endpoint,
                null,
                "us-east-1",
                "orchard",
                S3Server.ACCESS_KEY,
                S3Server.SECRET_KEY,
                true,
                DataSize.ofBytes(PART),
                3,
                DataSize.ofMegabytes(12),
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                RequestChecksumCalculation.WHEN_REQUIRED,
                64,
                new S3RetrySettings(
                        4, Duration.ofMillis(5), Duration.ofMillis(50), attemptTimeout, Duration.ofSeconds(20)));
        memory = S3Buffers.of(settings);
        s3 = S3StoreConfiguration.client(settings, meters).build();
        bucket = new S3Bucket(s3, settings);
    }

    TestBucket make() {
        s3.createBucket(request -> request.bucket(settings.bucket())).join();
        return this;
    }

    S3BlobStore blobs(Clock clock) {
        return new S3BlobStore(settings, bucket, new S3StoreConfiguration().s3Presigner(settings), memory, clock);
    }

    S3PartStore parts(Clock clock) {
        return new S3PartStore(settings, bucket, memory, clock);
    }

    /** Multipart uploads that have not ended, and parts that are not whole. */
    Collection<String> unfinished() throws IOException {
        var uploads = bucket.uploads("").stream().map(MultipartUpload::key).toList();
        return uploads.isEmpty()
                ? bucket.objects("partial/", null, 1000).contents().stream()
                        .map(S3Object::key)
                        .toList()
                : uploads;
    }

    double retries(String operation) {
        return meters.counter("orchard.storage.s3.retries", "operation", operation)
                .count();
    }

    @Override
    public void close() {
        s3.close();
    }
}
