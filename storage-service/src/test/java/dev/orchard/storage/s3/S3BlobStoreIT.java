package dev.orchard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.blob.BlobStoreContract;
import dev.orchard.storage.blob.WriteOutcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class S3BlobStoreIT extends BlobStoreContract {
    private static final S3StoreConfiguration CONFIGURATION = new S3StoreConfiguration();

    @TempDir
    private static Path directory;

    private static S3Proxy proxy;
    private static S3Settings settings;
    private static S3Client s3;

    @BeforeAll
    static void start() throws IOException {
        proxy = S3Proxy.start(directory);
        settings = settings(proxy.endpoint());
        s3 = CONFIGURATION.s3Client(settings);
        s3.createBucket(bucket -> bucket.bucket(settings.bucket()));
    }

    @AfterAll
    static void stop() {
        s3.close();
        proxy.close();
    }

    @Override
    protected BlobStore store() {
        return store(s3, Clock.systemUTC());
    }

    @Override
    protected Collection<String> unfinished() {
        return s3.listMultipartUploads(uploads -> uploads.bucket(settings.bucket())).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    @Test
    void linksToABlobThatAnybodyCanReadThere() throws Exception {
        var key = new BlobKey(UUID.randomUUID());
        byte[] bytes = bytes(1000);
        write(key, bytes);
        var link = store().link(key, "text/plain", "attachment; filename=\"a b.txt\"")
                .orElseThrow();

        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(link.url()).build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain");
        assertThat(answer.headers().firstValue("content-disposition")).hasValue("attachment; filename=\"a b.txt\"");
        assertThat(link.expiresAt())
                .isBetween(Instant.now().plusSeconds(540), Instant.now().plusSeconds(600));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 7 * 1024 * 1024})
    void takesItsOwnWriteForItsOwnWhenTheAnswerWasLost(int size) throws IOException {
        var key = new BlobKey(UUID.randomUUID());
        byte[] bytes = bytes(size);
        try (var losing = losingTheFirstAnswerToAWrite()) {
            var outcome = store(losing, Clock.systemUTC())
                    .write(key, content(new ByteArrayInputStream(bytes), OptionalLong.empty()));

            assertThat(outcome).isInstanceOf(WriteOutcome.Written.class);
            assertThat(store().findSize(key)).hasValue(size);
        }
    }

    @Test
    void removesUploadsThatBeganLongAgo() throws IOException {
        s3.createMultipartUpload(
                upload -> upload.bucket(settings.bucket()).key(new BlobKey(UUID.randomUUID()).toString()));

        store().removeAbandoned();
        assertThat(unfinished()).hasSize(1);

        var tomorrow = Instant.now().plus(Duration.ofHours(25));
        store(s3, Clock.fixed(tomorrow, ZoneOffset.UTC)).removeAbandoned();
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void saysThatAStoreIsAwayWhereNobodyListens() {
        var nowhere = settings(URI.create("http://127.0.0.1:1"));
        try (var client = CONFIGURATION.s3Client(nowhere)) {
            assertThatThrownBy(() -> store(client, Clock.systemUTC()).findSize(new BlobKey(UUID.randomUUID())))
                    .isInstanceOf(IOException.class);
        }
    }

    private static S3BlobStore store(S3Client client, Clock clock) {
        return new S3BlobStore(settings, client, CONFIGURATION.s3Presigner(settings), clock);
    }

    private static S3Settings settings(URI endpoint) {
        return new S3Settings(
                endpoint,
                null,
                "us-east-1",
                "orchard",
                S3Proxy.ACCESS_KEY,
                S3Proxy.SECRET_KEY,
                true,
                DataSize.ofMegabytes(5),
                DataSize.ofMegabytes(12),
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                RequestChecksumCalculation.WHEN_REQUIRED,
                64);
    }

    /** The store does what it is asked, and the client is told that it failed: so the SDK asks again. */
    private static S3Client losingTheFirstAnswerToAWrite() {
        var writes = new AtomicInteger();
        return S3StoreConfiguration.client(settings)
                .overrideConfiguration(client -> client.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public SdkHttpResponse modifyHttpResponse(
                            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
                        boolean write = context.request() instanceof PutObjectRequest
                                || context.request() instanceof CompleteMultipartUploadRequest;
                        return write && writes.incrementAndGet() == 1
                                ? context.httpResponse().toBuilder()
                                        .statusCode(500)
                                        .build()
                                : context.httpResponse();
                    }
                }))
                .build();
    }
}
