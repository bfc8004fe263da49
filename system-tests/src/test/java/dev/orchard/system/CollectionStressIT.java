package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 32 writers over a few contents while garbage is collected every 50 ms, without grace. */
class CollectionStressIT {
    private static final Duration RETURN = Duration.ofMinutes(2);
    private static final Duration SETTLED = Duration.ofMinutes(2);
    private static final int KILL_SECONDS = 20;
    private static final int DEADLOCK_LINES = 12;
    private static final Map<String, String> SETTINGS = Map.of(
            "ORCHARD_METADATA_COLLECTION_INTERVAL", "50ms",
            "ORCHARD_METADATA_COLLECTION_GRACE", "0s",
            "ORCHARD_METADATA_COLLECTION_ORPHANAGE", "20s",
            "ORCHARD_METADATA_COLLECTION_ORPHANINTERVAL", "1s",
            "ORCHARD_METADATA_UPLOADLIFETIME", "10s",
            "ORCHARD_METADATA_DELETIONRETRY", "1s");

    private static RunningOrchard orchard;

    private final long seed =
            Long.getLong("orchard.seed", ThreadLocalRandom.current().nextLong());
    private final StressJudge judge = new StressJudge();
    private final Trail trail = new Trail(orchard);
    private final LiveBlobs blobs = new LiveBlobs(orchard);

    @BeforeAll
    static void start() throws Exception {
        orchard = RunningOrchard.create(SETTINGS);
    }

    @AfterAll
    static void stop() {
        orchard.close();
    }

    @Test
    void takesNothingThatLives() throws Exception {
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("orchard.stress.seconds", 60)).toNanos();
        stress(() -> await().forever()
                .until(() -> System.nanoTime() > end || !judge.violations().isEmpty()));
    }

    @Test
    void takesNothingThatLivesWhenAnyProcessIsKilled() throws Exception {
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("orchard.stress.seconds", KILL_SECONDS))
                        .toNanos();
        List<String> processes = new ArrayList<>(List.of("gateway", "storage", "metadata", "postgresql", "audit"));
        Collections.shuffle(processes, new Random(seed));
        stress(() -> {
            for (int i = 0;
                    (System.nanoTime() < end || i < processes.size())
                            && judge.violations().isEmpty();
                    i++) {
                killAndAwaitItsReturn(processes.get(i % processes.size()));
            }
        });
    }

    private void stress(Runnable meanwhile) throws Exception {
        System.out.println("stress with -Dorchard.seed=" + seed);
        var random = new SplittableRandom(seed);
        var client = orchard.client();
        var over = new AtomicBoolean();
        var watch = CompletableFuture.supplyAsync(() -> blobs.watch(judge, over));
        try (var clients = new StressClients(client, HotSet.create(client, random), judge, random)) {
            meanwhile.run();
        } finally {
            over.set(true);
        }
        System.out.println(judge + ", rows and files held against each other " + watch.get() + " times, "
                + events("artifact.collected") + " collected, "
                + trail.one("orchard", "SELECT deadlocks FROM pg_stat_database WHERE datname = 'orchard'")
                + " deadlocks in the database");
        deadlocks().forEach(System.out::println);
        assertThat(judge.violations()).isEmpty();
        assertNothingIsLost(client);
    }

    private void killAndAwaitItsReturn(String process) {
        long calm = judge.successes();
        await().atMost(RETURN).until(() -> judge.successes() > calm + 200);
        long before = orchard.pid(process);
        judge.outageBegins();
        orchard.kill(process);
        await().atMost(RETURN).until(() -> orchard.pid(process) != before);
        await().atMost(RETURN)
                .ignoreExceptions()
                .until(() -> trail.one("orchard", "SELECT 1").equals("1")
                        && orchard.client().get("/health").status() == 200);
        judge.outageEnds();
    }

    private void assertNothingIsLost(OrchardClient client) throws Exception {
        assertThat(events("artifact.collected")).isGreaterThan(20);
        assertThat(events("artifact.healed")).isZero();
        assertThat(events("artifact.unavailable")).isZero();
        trail.assertCountsMatchTags();
        String tags =
                "SELECT project || ' ' || package || ' ' || name || ' ' || orchard.hex(artifact_id) FROM orchard.tags";
        for (String row : trail.ids("orchard", tags)) {
            String[] tag = row.split(" ");
            assertThat(OrchardClient.sha256(client.download(new Place(tag[0], tag[1]), tag[2])))
                    .isEqualTo(tag[3]);
        }
        await().atMost(SETTLED).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            expect(200, client.json("POST", "/admin/gc", "{}"));
            blobs.assertExact();
        });
        trail.assertChains();
        trail.assertComplete(SETTLED);
    }

    /** What PostgreSQL logged of deadlocks: they are tried again and reach no client, but they should not be. */
    private static List<String> deadlocks() throws IOException {
        List<String> lines = Files.readAllLines(orchard.data().resolve("logs/postgresql.log"));
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("deadlock detected")) {
                found.addAll(lines.subList(i, Math.min(i + DEADLOCK_LINES, lines.size())));
            }
        }
        return found;
    }

    private long events(String type) throws Exception {
        return Long.parseLong(trail.one(
                "orchard", "SELECT count(*) FROM orchard.event_log WHERE type = 'dev.orchard." + type + ".v1'"));
    }
}
