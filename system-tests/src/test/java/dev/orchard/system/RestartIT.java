package dev.orchard.system;

import static dev.orchard.system.OrchardClient.sha256;
import static dev.orchard.system.OrchardClient.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** kill -9 of every process while uploads run: what was acknowledged is there, and the ledger knows of it. */
class RestartIT {
    /** How long the ledger may take to be complete. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    /** How long a process may take to be back, on a machine that is busy with other things. */
    private static final Duration RETURN = Duration.ofMinutes(3);

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private RunningOrchard orchard;
    private OrchardClient client;
    private Place place;

    @BeforeEach
    void start() throws Exception {
        orchard = RunningOrchard.create();
        client = orchard.client();
        place = client.createPlace();
    }

    @AfterEach
    void stop() {
        over.set(true);
        orchard.close();
    }

    @Test
    void losesNoAcknowledgedUploadAndNoEventWhenAnyProcessIsKilled() throws Exception {
        try (ExecutorService uploaders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                uploaders.submit(this::uploadUntilOver);
            }
            try {
                RunningOrchard.PROCESSES.forEach(this::killAndAwaitItsReturn);
            } finally {
                over.set(true);
            }
        }
        assertNothingIsLost();
    }

    @Test
    void leavesNoProcessBehindWhenTheLauncherIsKilledAndStartsAgainWithNoHand() throws Exception {
        upload(1);
        upload(2);
        List<Long> pids = RunningOrchard.PROCESSES.stream().map(orchard::pid).toList();
        orchard.launcher().destroyForcibly();
        await().atMost(RECOVERY).until(() -> pids.stream().noneMatch(RestartIT::isAlive));

        orchard.startAgain();
        upload(3);
        assertNothingIsLost();
        assertThat(orchard.lines()).noneMatch(line -> line.contains("admin token"));
    }

    private void killAndAwaitItsReturn(String process) {
        long before = orchard.pid(process);
        int uploads = acknowledged.size();
        await().atMost(RETURN).until(() -> acknowledged.size() > uploads);
        orchard.kill(process);
        await().atMost(RETURN).until(() -> orchard.pid(process) != before && isAlive(orchard.pid(process)));
        int afterReturn = acknowledged.size();
        await().atMost(RETURN).until(() -> acknowledged.size() > afterReturn + 5);
    }

    private void uploadUntilOver() {
        for (int i = 0; !over.get(); i++) {
            if (!uploadOnce(i)) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos()); // as a client would that is refused
            }
        }
    }

    /** Whether it was acknowledged: if not, a client would send it again. */
    private boolean uploadOnce(int number) {
        try {
            return upload(number);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean upload(int number) throws IOException, InterruptedException {
        byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
        String tag = unique("t" + number % 10);
        var answer = client.upload(place, "?tag=" + tag, content);
        if (answer.status() == 201) {
            acknowledged.put(tag, sha256(content));
        }
        return answer.status() == 201;
    }

    private void assertNothingIsLost() throws Exception {
        var trail = new Trail(orchard);
        trail.assertComplete(RECOVERY);
        trail.assertChains();
        trail.assertCountsMatchTags();
        for (var upload : acknowledged.entrySet()) {
            assertThat(sha256(client.download(place, upload.getKey()))).isEqualTo(upload.getValue());
        }
        System.out.println(acknowledged.size() + " acknowledged uploads, none lost");
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
