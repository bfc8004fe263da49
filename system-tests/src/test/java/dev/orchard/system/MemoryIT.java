package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sixteen large uploads at once through services whose heap is 128 MiB; its bytes go with its data directory. */
class MemoryIT {
    private static final int UPLOADS = 16;
    private static final int IN_PARTS = 4;
    private static final long SIZE = Long.getLong("orchard.memory.mebibytes", 256) << 20;
    private static final long HEAP = 128L << 20;

    /** The heap, and what a JVM and its threads need besides; it does not grow with what is uploaded. */
    private static final long PROCESS = 3 * HEAP;

    private static RunningOrchard orchard;

    private final OrchardClient client = orchard.client();

    @BeforeAll
    static void start() throws Exception {
        orchard = RunningOrchard.create(Map.of("ORCHARD_GATEWAY_UPLOADLIMIT", SIZE + "B"));
    }

    @AfterAll
    static void stop() {
        orchard.close();
    }

    @Test
    void takesSixteenUploadsAtOnceWithSmallHeaps() throws Exception {
        long room = Files.getFileStore(orchard.data()).getUsableSpace();
        assumeTrue(room > 3 * UPLOADS * SIZE / 2, "only " + room + " bytes are free in " + orchard.data());
        List<Long> pids = ServiceMemory.SERVICES.stream().map(orchard::pid).toList();
        for (long pid : pids) {
            assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline"))).contains("-Xmx128m");
        }
        var memory = new ServiceMemory(orchard);
        var over = new AtomicBoolean();
        var heaps = CompletableFuture.supplyAsync(() -> memory.watch(over));
        long begun = System.nanoTime();
        try {
            uploadAll();
        } finally {
            over.set(true);
        }
        System.out.printf("%d x %d MiB in %.1f s%n", UPLOADS, SIZE >> 20, (System.nanoTime() - begun) / 1e9);
        assertThat(ServiceMemory.SERVICES.stream().map(orchard::pid)).isEqualTo(pids);
        for (String service : ServiceMemory.SERVICES) {
            System.out.printf(
                    "%s: %d MiB of heap, %d MiB resident at most%n",
                    service, heaps.get().get(service) >> 20, memory.peak(service) >> 20);
            assertThat(heaps.get().get(service)).as(service).isPositive().isLessThanOrEqualTo(HEAP);
            assertThat(memory.peak(service)).as(service).isLessThan(PROCESS);
        }
    }

    @Test
    void refusesABodyThatNeverEnds() throws Exception {
        Place place = client.createPlace();
        var store = new BlobFolder(orchard);
        long before = store.files();
        var endless = new GeneratedContent(1, 4 * SIZE); // to whoever takes no more than SIZE
        assertProblem(
                client.upload(place, "?tag=t", BodyPublishers.ofInputStream(endless::open)), 413, "content-too-large");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(store.files()).isEqualTo(before));
        assertThat(client.get(place.path() + "/tags/t").status()).isEqualTo(404);
    }

    private void uploadAll() throws Exception {
        Place place = client.createPlace();
        List<Future<?>> uploads = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < UPLOADS; i++) {
                var content = new GeneratedContent(System.nanoTime() + i, SIZE);
                String tag = "t" + i;
                boolean inParts = i < IN_PARTS;
                uploads.add(clients.submit(() -> {
                    String digest = inParts ? uploadInParts(place, tag, content) : upload(place, tag, content);
                    assertThat(digest).isEqualTo(content.sha256());
                    return null;
                }));
            }
        }
        for (var upload : uploads) {
            upload.get();
        }
    }

    private String upload(Place place, String tag, GeneratedContent content) throws Exception {
        var answer = client.upload(place, "?tag=" + tag, BodyPublishers.ofInputStream(content::open));
        return expect(201, answer).json().path("sha256").asString();
    }

    private String uploadInParts(Place place, String tag, GeneratedContent content) throws Exception {
        var upload = UploadInParts.begin(client, place, content, ", \"tag\": \"" + tag + "\"");
        upload.putAll();
        return expect(201, upload.complete()).json().path("sha256").asString();
    }
}
