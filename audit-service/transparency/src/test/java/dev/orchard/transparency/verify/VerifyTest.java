package dev.orchard.transparency.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.orchard.transparency.InclusionProof;
import dev.orchard.transparency.LogProof;
import dev.orchard.transparency.SigningKey;
import dev.orchard.transparency.Tile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, over a folder and over HTTP. */
class VerifyTest {
    private final Verifying verifying = new Verifying();
    private final Trail trail = new Trail(Verifying.random()).log(290).close().log(9);
    private final WrittenLog log = verifying.log(trail, 270);
    private final String key = verifying.key.verifier().text();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        log.writeTo(folder.resolve("log"));
        Files.writeString(folder.resolve("key"), key + "\n");
        Files.writeString(
                folder.resolve("kept"),
                verifying.log(new Trail(Verifying.random()).log(3)).checkpoint());
    }

    @Test
    void acceptsAFolderAndSaysWhatItHolds() {
        assertThat(verify("--key", key, file("log"))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ok: orchard.test, 300 entries", "1 epochs recounted, 290 events", "10 events are after");
        assertThat(verify("--key", file("key"), "--since", file("log/checkpoint"), file("log")))
                .isZero();
    }

    @Test
    void saysWhichFilesInAFolderAreNotOfTheLog() throws IOException {
        Files.writeString(folder.resolve("log/tile/notes.txt"), "?");
        Files.writeString(folder.resolve("log/tile/entries/001.p/200"), "?");
        assertThat(verify("--key", key, file("log"))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 files are not of this checkpoint's log");
    }

    @Test
    void answersOneWhenTheLogWasTamperedWith() throws IOException {
        Files.delete(folder.resolve("log/tile/0/001.p/44"));
        assertThat(verify("--key", key, file("log"))).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("TAMPERED: tile/0/001.p/44 is missing");
        assertThat(verify("--key", key, "--since", file("kept"), file("log"))).isOne();
    }

    @Test
    void findsAStalePartialTileInAFolder() throws IOException {
        var stale = folder.resolve("log/tile/entries/001.p/14");
        byte[] bytes = Files.readAllBytes(stale);
        bytes[77] ^= 1;
        Files.write(stale, bytes);
        assertThat(verify("--key", key, file("log"))).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("TAMPERED: tile/entries/001.p/14, byte 77: ");
    }

    @Test
    void answersTwoWhenItCannotCheck() throws IOException {
        String other = SigningKey.generate(bytes -> "orchard.test").verifier().text();
        assertThat(verify("--key", key)).isEqualTo(2);
        assertThat(verify("--key", key, file("log"), file("log"))).isEqualTo(2);
        assertThat(verify("--key", key, "--no-such", file("log"))).isEqualTo(2);
        assertThat(verify("--key", key, "--proof", file("key"), file("log"))).isEqualTo(2);
        assertThat(verify("--key", "orchard.test+1", file("log"))).isEqualTo(2);
        assertThat(verify("--key", key + "x", file("log"))).isEqualTo(2);
        assertThat(verify("--key", key, file("no-such-folder"))).isEqualTo(2);
        assertThat(verify("--key", key, "--since", file("no-such-file"), file("log")))
                .isEqualTo(2);
        assertThat(verify("--key", other, "--since", file("kept"), file("log"))).isEqualTo(2);
        assertThat(verify("--key", key, "http://not a host/")).isEqualTo(2);
        Files.delete(folder.resolve("log/tile/0/000"));
        Files.createDirectory(folder.resolve("log/tile/0/000"));
        assertThat(verify("--key", key, file("log"))).isEqualTo(2);
    }

    @Test
    void takesTheLatestOfNumberedCheckpoints() throws IOException {
        Path checkpoint = folder.resolve("log/checkpoint");
        byte[] latest = Files.readAllBytes(checkpoint);
        Files.delete(checkpoint);
        Files.createDirectory(checkpoint);
        assertThat(verify("--key", key, file("log"))).isEqualTo(2);
        Files.writeString(checkpoint.resolve("9"), "an older one");
        Files.write(checkpoint.resolve("10"), latest);
        assertThat(verify("--key", key, file("log"))).isZero();
    }

    @Test
    void checksTheProofOfOneEvent() throws IOException {
        var inclusion = InclusionProof.of(
                path -> Tile.of(path, log.files().get(path.toString())),
                7,
                trail.entries().size());
        Files.writeString(folder.resolve("proof"), new LogProof(inclusion, log.checkpoint()).text());
        Files.write(folder.resolve("event"), trail.entries().get(7));
        Files.write(folder.resolve("other"), trail.entries().get(8));
        assertThat(verify("--key", key, "--proof", file("proof"), "--event", file("event")))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("holds this event as entry 7 of 300");
        assertThat(verify("--key", key, "--proof", file("proof"), "--event", file("other")))
                .isOne();
    }

    @Test
    void readsALogOverHttpWithATokenAndTriesAgain() throws IOException {
        var requests = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/log/", exchange -> {
            byte[] body = log.files().get(exchange.getRequestURI().getPath().substring("/api/log/".length()));
            boolean isKnown =
                    "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = !isKnown ? 401 : requests.incrementAndGet() % 3 == 1 ? 503 : body == null ? 404 : 200;
            exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
            if (status == 200) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api/log";
            Files.writeString(folder.resolve("token"), "secret\n");
            assertThat(verify("--key", key, "--token-file", file("token"), url)).isZero();
            assertThat(verify("--key", key, url)).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("401");
            log.files().remove("tile/0/000");
            assertThat(verify("--key", key, "--token-file", file("token"), url)).isOne();
        } finally {
            server.stop(0);
        }
        assertThat(verify(
                        "--key", key, "http://127.0.0.1:" + server.getAddress().getPort()))
                .isEqualTo(2);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private int verify(String... arguments) {
        var verify = new Verify(
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return verify.run(List.of(arguments));
    }
}
