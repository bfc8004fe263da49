package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas of every service at once, restarted in turn, under clients that ask once more when they fail. */
class ReplicasIT {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int RESTARTS = Integer.getInteger("orchard.restarts", 1);
    private static final Duration PAUSE = Duration.ofMillis(150);

    private static ReplicatedOrchard orchard;

    private final long seed =
            Long.getLong("orchard.seed", ThreadLocalRandom.current().nextLong());
    private final StressJudge judge = new StressJudge();
    private final Trail trail = new Trail(orchard);

    @BeforeAll
    static void start() throws Exception {
        orchard = ReplicatedOrchard.start();
    }

    @AfterAll
    static void stop() throws Exception {
        orchard.close();
    }

    @Test
    void areRestartedInTurnAndNothingFailsThatOneRetryDoesNotCure() throws Exception {
        System.out.println("with -Dorchard.seed=" + seed);
        var random = new SplittableRandom(seed);
        var client = orchard.client().askingOnceMore();
        var over = new AtomicBoolean();
        var auditor = CompletableFuture.runAsync(() -> readTheTrailUntil(over, client));
        try (var clients =
                new StressClients(client, HotSet.create(client, random), judge, random, StressClients.Load.SOME)) {
            awaitSuccesses(200);
            for (String service : ReplicatedOrchard.SERVICES) {
                for (int replica = 0; replica < RESTARTS; replica++) {
                    restart(service, replica, client);
                }
            }
        } finally {
            over.set(true);
        }
        auditor.join();
        System.out.println(judge + ", asked once more: " + client.retries());
        assertThat(judge.violations()).isEmpty();
        assertNothingIsLostOrTwice(client);
    }

    /** As a load balancer sends it to one of the two, both are told to stop while its bytes come in. */
    @Test
    void finishAnUploadThatIsUnderWay() throws Exception {
        var client = orchard.client();
        var place = client.createPlace();
        byte[] content = new byte[SlowStream.AT_ONCE + 120];
        var upload = CompletableFuture.supplyAsync(() -> uploadSlowly(client, place, content));
        await().atMost(BOUND)
                .until(() -> Files.list(orchard.unfinishedFolder()).findAny().isPresent());
        var gateways = List.of(0, 1).parallelStream()
                .map(replica -> orchard.stop("gateway", replica))
                .toList();
        System.out.println("gateways stopped in " + gateways);
        assertThat(expect(201, upload.get()).json().path("sha256").asString()).isEqualTo(sha256(content));
        for (int replica = 0; replica < 2; replica++) {
            orchard.startAgain("gateway", replica);
        }
        assertThat(client.download(place, "slow")).isEqualTo(content);
    }

    private static OrchardClient.Answer uploadSlowly(OrchardClient client, Place place, byte[] content) {
        try {
            return client.upload(
                    place, "?tag=slow", BodyPublishers.ofInputStream(() -> new SlowStream(content, PAUSE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many bytes at once that no buffer on the way holds them back, then one at a time, each after a pause. */
    private static final class SlowStream extends ByteArrayInputStream {
        static final int AT_ONCE = 256 * 1024;

        private final long pauseNanos;

        SlowStream(byte[] content, Duration pause) {
            super(content);
            this.pauseNanos = pause.toNanos();
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            if (pos < AT_ONCE) {
                return super.read(target, offset, Math.min(length, AT_ONCE - pos));
            }
            LockSupport.parkNanos(pauseNanos);
            return super.read(target, offset, Math.min(length, 1));
        }
    }

    private void restart(String service, int replica, OrchardClient client) throws Exception {
        int before = client.retries().size();
        var took = orchard.stop(service, replica);
        awaitSuccesses(50);
        orchard.startAgain(service, replica);
        awaitSuccesses(50);
        System.out.println(service + " " + replica + " stopped in " + took.toMillis() + " ms, asked once more: "
                + client.retries().subList(before, client.retries().size()));
    }

    private void awaitSuccesses(int more) {
        long now = judge.successes();
        await().atMost(BOUND)
                .until(() ->
                        judge.successes() > now + more || !judge.violations().isEmpty());
    }

    private void readTheTrailUntil(AtomicBoolean over, OrchardClient client) {
        try {
            while (!over.get()) {
                judge.ask("events", Set.of(200), () -> client.get("/audit/events?limit=20"));
                judge.ask("status", Set.of(200), () -> client.get("/audit/status"));
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertNothingIsLostOrTwice(OrchardClient client) throws Exception {
        trail.assertCountsMatchTags();
        var tags = trail.ids(
                "orchard",
                "SELECT project || ' ' || package || ' ' || name || ' ' || orchard.hex(artifact_id) FROM orchard.tags");
        for (String row : tags) {
            String[] tag = row.split(" ");
            assertThat(sha256(client.download(new Place(tag[0], tag[1]), tag[2])))
                    .isEqualTo(tag[3]);
        }
        trail.assertComplete(BOUND);
        trail.assertChains();
        assertThat(trail.ids("orchard_audit", "SELECT event_id FROM audit.ledger GROUP BY 1 HAVING count(*) > 1"))
                .isEmpty();
        assertThat(trail.ids("orchard_audit", "SELECT epoch FROM audit.epoch GROUP BY 1 HAVING count(*) > 1"))
                .isEmpty();
        assertTheLogIsOne(client);
    }

    private void assertTheLogIsOne(OrchardClient client) throws Exception {
        var log = expect(200, client.get("/audit/status")).json().path("log");
        assertThat(log.path("refused").isNull()).as(log.toString()).isTrue();
        assertThat(log.path("checkpoint").asLong()).isGreaterThan(2);
        var key = Files.createTempFile("orchard-replicas-test", ".vkey");
        Files.writeString(key, expect(200, client.get("/audit/log/key")).text());
        var builder = new ProcessBuilder(
                        RunningOrchard.HOME.resolve("orchard").toString(),
                        "verify",
                        "--key",
                        key.toString(),
                        orchard.logFolder().toString())
                .redirectErrorStream(true);
        builder.environment().put("ORCHARD_BUILT", "true");
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        Files.delete(key);
    }
}
