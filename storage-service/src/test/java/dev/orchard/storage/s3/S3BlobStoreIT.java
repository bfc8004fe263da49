package dev.orchard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.parts.S3Server;
import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.blob.BlobStoreContract;
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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BlobStoreIT extends BlobStoreContract {
    @TempDir
    private static Path directory;

    private static S3Server proxy;
    private static TestBucket bucket;

    @BeforeAll
    static void start() throws IOException {
        proxy = S3Server.start(directory);
        bucket = new TestBucket(proxy.endpoint()).make();
    }

    @AfterAll
    static void stop() {
        bucket.close();
        proxy.close();
    }

    @Override
    protected BlobStore store() {
        return bucket.blobs(Clock.systemUTC());
    }

    @Override
    protected Collection<String> unfinished() throws IOException {
        return bucket.unfinished();
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

    @Test
    void removesUploadsThatBeganLongAgo() throws IOException {
        bucket.bucket.begin(new BlobKey(UUID.randomUUID()).toString(), Map.of());

        store().removeAbandoned();
        assertThat(unfinished()).hasSize(1);

        var later = Instant.now().plus(Duration.ofDays(31));
        bucket.blobs(Clock.fixed(later, ZoneOffset.UTC)).removeAbandoned();
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void saysThatAStoreIsAwayWhereNobodyListens() {
        try (var nowhere = new TestBucket(URI.create("http://127.0.0.1:1"))) {
            assertThatThrownBy(() -> nowhere.blobs(Clock.systemUTC()).findSize(new BlobKey(UUID.randomUUID())))
                    .isInstanceOf(IOException.class);
        }
    }
}
