package dev.orchard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.orchard.parts.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service over real HTTP, with its blobs in a real S3 server. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "orchard.storage.kind=s3",
            "orchard.storage.s3.bucket=orchard",
            "orchard.storage.s3.access-key=" + S3Server.ACCESS_KEY,
            "orchard.storage.s3.secret-key=" + S3Server.SECRET_KEY,
            "orchard.storage.s3.path-style=true"
        })
class S3ServiceIT {
    private static final String TOKEN = "the-token-that-all-services-of-a-test-share";
    private static final int MIB = 1024 * 1024;

    @TempDir
    private static Path directory;

    private static S3Server proxy;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) throws IOException {
        proxy = S3Server.start(directory);
        Files.createDirectory(bucket());
        Path token = Files.writeString(directory.resolve("token"), TOKEN);
        settings.add("orchard.service.token-file", () -> token);
        settings.add("orchard.storage.s3.endpoint", proxy::endpoint);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void givesBackWhatItKept() throws Exception {
        byte[] bytes = new byte[20 * MIB];
        new Random().nextBytes(bytes);

        put(bytes);

        assertThat(http.send(blob("").build(), BodyHandlers.ofByteArray()).body())
                .isEqualTo(bytes);
    }

    @Test
    void breaksTheConnectionWhenABlobTurnsOutShort() throws Exception {
        put(new byte[64 * MIB]);
        var answer = http.send(blob("").build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body();
                var file = FileChannel.open(bucket().resolve("blobs").resolve(key), StandardOpenOption.WRITE)) {
            file.truncate(63 * MIB);

            assertTimeout(
                    Duration.ofSeconds(30),
                    () -> assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                            .isInstanceOf(IOException.class));
        }
    }

    @Test
    void linksToTheStore() throws Exception {
        var answer = http.send(blob("/link?filename=a").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"url\":\"" + proxy.endpoint() + "/orchard/blobs/" + key)
                .contains("\"expires_at\":\"20");
    }

    @Test
    void saysThatItIsUnavailableWhileItsBucketIs() throws Exception {
        Path away = Files.move(bucket(), directory.resolve("away"));
        try {
            var answer = http.send(blob("").build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("urn:orchard:problem:download-failed");
        } finally {
            Files.move(away, bucket());
        }
    }

    private static Path bucket() throws IOException {
        return S3Server.data(directory).resolve("orchard");
    }

    private void put(byte[] bytes) throws IOException, InterruptedException {
        var answer = http.send(blob("").PUT(BodyPublishers.ofByteArray(bytes)).build(), BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private HttpRequest.Builder blob(String suffix) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/blobs/" + key + suffix))
                .header("Authorization", "Bearer " + TOKEN);
    }
}
