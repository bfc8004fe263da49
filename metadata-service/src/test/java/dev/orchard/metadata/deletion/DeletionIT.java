package dev.orchard.metadata.deletion;

import static dev.orchard.metadata.StorageStandIn.delete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.infrastructure.process.Ports;
import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.StorageStandIn;
import dev.orchard.metadata.TestPackage;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nothing needs any more goes from the storage service, sooner or later, and then from the queue. */
class DeletionIT {
    private final int port = Ports.free();
    private final ServerSocket silentConnect = new ServerSocket(0);
    private final MetadataStage stage = MetadataStage.alone(
            "--orchard.metadata.storage-url=http://127.0.0.1:" + port,
            "--orchard.metadata.deletion-retry=1s",
            "--orchard.capture.connect-url=http://127.0.0.1:" + silentConnect.getLocalPort());
    private StorageStandIn storage;

    DeletionIT() throws IOException {}

    @BeforeEach
    void startStorage() throws IOException {
        storage = new StorageStandIn(port);
    }

    @AfterEach
    void stop() throws IOException {
        storage.close();
        silentConnect.close();
        stage.close();
    }

    @Test
    void deletesWhatWasGivenUpThoughConnectIsSilent() {
        String key = giveUp();

        eventually().until(this::queue, List::isEmpty);
        assertThat(storage.asked()).containsExactly(delete(key));
    }

    @Test
    void keepsWhatAnArtifactNeeds() {
        var here = TestPackage.create(stage);
        here.upload(TestPackage.unique("content"), "v1");
        String key = giveUp();

        eventually().until(this::queue, List::isEmpty);
        assertThat(storage.asked()).containsExactly(delete(key));
    }

    @Test
    void waitsForStorageThatIsDown() throws IOException {
        storage.close();
        String key = giveUp();
        eventually().until(() -> attempts(key) > 1);
        assertThat(queue()).containsExactly(key);
        eventually().until(() -> gauge("orchard.deletion.queue"), waiting -> waiting == 1);
        assertThat(gauge("orchard.deletion.oldest.age")).isPositive();
        assertThat(stage.bean(MeterRegistry.class)
                        .get("orchard.deletion.failures")
                        .counter()
                        .count())
                .isPositive();

        storage = new StorageStandIn(port);
        eventually().until(this::queue, List::isEmpty);
        assertThat(storage.asked()).containsExactly(delete(key));
        eventually().until(() -> gauge("orchard.deletion.queue"), waiting -> waiting == 0);
        assertThat(gauge("orchard.deletion.oldest.age")).isZero();
    }

    @Test
    void triesAgainWhatStorageCouldNotDelete() {
        storage.answer(key -> 500);
        String key = giveUp();
        eventually().until(() -> attempts(key) > 1);
        storage.answer(other -> 204);

        eventually().until(this::queue, List::isEmpty);
        assertThat(storage.asked()).hasSizeGreaterThan(1).containsOnly(delete(key));
    }

    @Test
    void deletesTheOthersThoughOneCannotBeDeleted() {
        storage.answer(key -> 500);
        List<String> keys = Stream.generate(this::giveUp).limit(5).toList();
        String stuck = keys.getFirst();
        storage.answer(key -> key.equals(delete(stuck)) ? 500 : 204);

        eventually().until(this::queue, List.of(stuck)::equals);
        assertThat(storage.asked())
                .containsAll(keys.stream().map(StorageStandIn::delete).toList());
    }

    @Test
    void deletesNothingWhileABackupHoldsTheDeletions() throws Exception {
        String key;
        try (var backup = stage.superuserSource().getConnection();
                var statement = backup.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('orchard.deletion'))");
            key = giveUp();
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> attempts(key) == 0);
            assertThat(storage.asked()).isEmpty();
        }

        eventually().until(this::queue, List::isEmpty);
        assertThat(storage.asked()).containsExactly(delete(key));
    }

    @Test
    void recordsNoUploadUnderTheKeyOfADeletedObjectAsLongAsOneCould() {
        var here = TestPackage.create(stage);
        String key = TestPackage.directKey(Instant.now());
        stage.database()
                .sql("INSERT INTO orchard.deletion_queue (storage_key, reason) VALUES (?, 'collected')")
                .param(key)
                .update();
        eventually().until(this::queue, List::isEmpty);
        assertThat(storage.asked()).containsExactly(delete(key));
        String content = TestPackage.unique("content");
        here.complete(UUID.randomUUID().toString(), content, Map.of("storage_key", key))
                .expectProblem(409, "upload-expired");
        assertThat(here.count("artifacts WHERE storage_key = ?", key)).isZero();

        stage.database()
                .sql("UPDATE orchard.deletion_queue SET deleted_at = now() - interval '25 hours' WHERE storage_key = ?")
                .param(key)
                .update();
        stage.client().post("/api/v1/admin/gc", Map.of()).expect(200);
        assertThat(here.queuedBecause(key)).isEmpty();
    }

    /** The key of an upload that began and was given up. */
    private double gauge(String name) {
        return stage.bean(MeterRegistry.class).get(name).gauge().value();
    }

    private String giveUp() {
        var begun = TestPackage.create(stage).begin(Map.of()).expect(201);
        stage.client().delete("/internal/uploads/" + begun.text("upload_id")).expect(204);
        return begun.text("storage_key");
    }

    private List<String> queue() {
        return stage.database()
                .sql("SELECT storage_key FROM orchard.deletion_queue WHERE deleted_at IS NULL")
                .query(String.class)
                .list();
    }

    private int attempts(String key) {
        return stage.database()
                .sql("SELECT attempts FROM orchard.deletion_queue WHERE storage_key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
