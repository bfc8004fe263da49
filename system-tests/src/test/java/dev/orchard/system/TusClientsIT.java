package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.Programs.has;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tus as others speak it: tus-js-client and tus-java-client, whose connections are cut 200 times. */
class TusClientsIT {
    private static final int CHUNK = 1 << 20;
    private static final long SIZE = (32L << 20) + 12_345;
    private static final int CUTS = 20;
    private static final long HUGE = (4L << 30) + 4_321;

    /** What requests and their headers may add to the bytes of the content. */
    private static final long OVERHEAD = 1 << 20;

    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();
    private final long seed =
            Long.getLong("orchard.seed", ThreadLocalRandom.current().nextLong());
    private Place place;
    private CuttingProxy proxy;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        place = client.createPlace();
        proxy = CuttingProxy.to(orchard.url(), seed);
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
    }

    @Test
    void sendsAtMostOneChunkAgainForEachCutOfTheNodeClient() throws Exception {
        uploadWithNode(3, "{\"chunkSize\": %d}".formatted(CHUNK));
    }

    @Test
    void sendsAtMostOneChunkAgainForEachCutOfTheNodeClientThatCreatesWithData() throws Exception {
        uploadWithNode(2, "{\"chunkSize\": %d, \"uploadDataDuringCreation\": true}".formatted(CHUNK));
    }

    @Test
    void sendsAtMostOneChunkAgainForEachCutOfTheNodeClientThatSendsInParallel() throws Exception {
        uploadWithNode(2, "{\"chunkSize\": %d, \"parallelUploads\": 3}".formatted(CHUNK));
    }

    @Test
    void sendsAtMostOneChunkAgainForEachCutOfTheJavaClient() throws Exception {
        for (int i = 0; i < 3; i++) {
            var content = new GeneratedContent(seed + i, SIZE);
            proxy.cut(CUTS, 2 * CHUNK);
            URI address =
                    TusClients.uploadWithJava(endpoint(proxy.url()), orchard.token(), content, metadata("t"), CHUNK);
            assertUploaded(address, content, "t");
        }
    }

    @Test
    void waitsForAClientThatIsSlow() throws Exception {
        var content = new GeneratedContent(seed, 4 * CHUNK);
        proxy.slow(2 * CHUNK);
        URI address =
                TusClients.uploadWithJava(endpoint(proxy.url()), orchard.token(), content, metadata("slow"), 4 * CHUNK);
        assertAnswer(address, content, "slow");
    }

    @Test
    void takesMoreThanFourGibibytes() throws Exception {
        long room = Files.getFileStore(orchard.data()).getUsableSpace();
        assumeTrue(room > 3 * HUGE, "only " + room + " bytes are free in " + orchard.data());
        var content = new GeneratedContent(seed, HUGE);
        long begun = System.nanoTime();

        URI address = TusClients.uploadWithJava(
                endpoint(orchard.url()), orchard.token(), content, metadata("huge"), 512 << 20);

        System.out.printf("%d bytes by tus in %.1f s%n", HUGE, (System.nanoTime() - begun) / 1e9);
        assertAnswer(address, content, "huge");
        long edge = 4L << 30;
        var answer = expect(
                206,
                client.get(place.path() + "/download/huge", "Range", "bytes=" + (edge - 1000) + "-" + (edge + 999)));
        assertThat(answer.response().body()).isEqualTo(content.bytes(edge - 1000, edge + 1000));
    }

    private void uploadWithNode(int times, String options) throws Exception {
        assumeTrue(has("npm"), "Node is not installed");
        TusClients.installForNode();
        for (int i = 0; i < times; i++) {
            var content = new GeneratedContent(seed + i, SIZE);
            Path file = Files.write(folder.resolve("content"), content.bytes());
            proxy.cut(CUTS, 2 * CHUNK);
            URI address =
                    TusClients.uploadWithNode(endpoint(proxy.url()), orchard.token(), file, metadata("t"), options);
            assertUploaded(address, content, "t");
        }
    }

    private void assertUploaded(URI address, GeneratedContent content, String tag) throws Exception {
        assertThat(proxy.cuts()).isEqualTo(CUTS);
        long again = proxy.received() - SIZE;
        System.out.printf(
                "%d cuts: %d bytes more than the content, %.2f chunks a cut%n",
                CUTS, again, (double) again / CUTS / CHUNK);
        assertThat(again).isLessThan((long) CUTS * CHUNK + OVERHEAD);
        assertThat(proxy.answered()).isLessThan(OVERHEAD);
        assertAnswer(address, content, tag);
        assertThat(OrchardClient.sha256(client.download(place, tag))).isEqualTo(content.sha256());
    }

    /** The finished upload's address answers as an upload does, and the content is counted once. */
    private void assertAnswer(URI address, GeneratedContent content, String tag)
            throws IOException, InterruptedException {
        String sha256 = content.sha256();
        var upload = expect(200, client.get("/" + address.getPath())).json();
        assertThat(upload.path("sha256").asString()).isEqualTo(sha256);
        assertThat(upload.path("size").asLong()).isEqualTo(content.size());
        assertThat(upload.path("tag").asString()).isEqualTo(tag);
        assertThat(upload.path("filename").asString()).isEqualTo("content.bin");
        assertThat(client.refCount(sha256)).isOne();
    }

    private URI endpoint(URI url) {
        return url.resolve("/api/v1" + place.path() + "/tus");
    }

    private static Map<String, String> metadata(String tag) {
        return Map.of("filename", "content.bin", "filetype", "application/x-content", "tag", tag);
    }
}
