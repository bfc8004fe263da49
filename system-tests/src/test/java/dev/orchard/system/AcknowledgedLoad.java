package dev.orchard.system;

import static dev.orchard.system.OrchardClient.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that upload, tag and move, each in tags of its own, and that know what they were promised. A request whose
 * answer is lost may still be carried out later than the next one, so its tag is not touched again.
 */
final class AcknowledgedLoad implements AutoCloseable {
    private static final int CLIENTS = 3;
    private static final int TAGS = 4;
    private static final long PAUSE = Duration.ofMillis(50).toNanos();

    private final OrchardClient client;
    private final Place place;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong promises = new AtomicLong();
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    /** What a tag may point at: one artifact, or two where the last answer did not come. Empty: perhaps nothing. */
    private final Map<String, Set<String>> tags = new ConcurrentHashMap<>();

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    AcknowledgedLoad(OrchardClient client) throws IOException, InterruptedException {
        this.client = client;
        this.place = client.createPlace();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client-" + i + "-";
            clients.submit(() -> work(name));
        }
    }

    /** Waits until this many more changes were acknowledged. */
    void awaitProgress(int changes, Duration bound) {
        long goal = promises.get() + changes;
        await("the load goes on").atMost(bound).until(() -> promises.get() >= goal);
    }

    private void work(String name) {
        var artifacts = new ArrayList<String>();
        int lost = 0;
        for (int i = 0; !over.get(); i++) {
            String tag = name + lost + "-" + i % TAGS;
            boolean moves = i % 3 == 2 && !artifacts.isEmpty();
            if (!(moves ? move(tag, artifacts.get(i % artifacts.size())) : upload(tag, artifacts))) {
                lost++;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private boolean move(String tag, String artifact) {
        return change(tag, artifact, () -> client.putTag(place, tag, artifact));
    }

    private boolean upload(String tag, List<String> artifacts) {
        byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
        String artifact = OrchardClient.sha256(content);
        boolean acknowledged = change(tag, artifact, () -> client.upload(place, "?tag=" + tag, content));
        if (acknowledged) {
            kept.put(artifact, content);
            artifacts.add(artifact);
        }
        return acknowledged;
    }

    private interface Call {
        OrchardClient.Answer make() throws IOException, InterruptedException;
    }

    private boolean change(String tag, String artifact, Call call) {
        try {
            int status = call.make().status();
            if (status == 200 || status == 201) {
                tags.put(tag, Set.of(artifact));
                promises.incrementAndGet();
                return true;
            }
        } catch (IOException e) {
            // whether it was done is not known
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tags.compute(
                tag,
                (name, before) -> both(before == null ? "" : before.iterator().next(), artifact));
        return false;
    }

    /** Not Set.of, which refuses the same twice. */
    private static Set<String> both(String before, String artifact) {
        return new TreeSet<>(List.of(before, artifact));
    }

    /** Every tag is as it was acknowledged, and every byte that was acknowledged comes back. */
    void assertKept() throws IOException, InterruptedException {
        assertThat(promises.get()).isPositive();
        for (var tag : tags.entrySet()) {
            var answer = client.get(place.path() + "/tags/" + tag.getKey());
            String artifact = answer.status() == 404
                    ? ""
                    : answer.json().path("artifact_id").asString("");
            assertThat(artifact).as(tag.getKey()).isIn(tag.getValue());
            if (!artifact.isEmpty()) {
                byte[] content = client.download(place, tag.getKey());
                assertThat(OrchardClient.sha256(content)).isEqualTo(artifact);
            }
        }
        for (var artifact : kept.entrySet()) {
            assertThat(client.download(place, "sha256:" + artifact.getKey())).isEqualTo(artifact.getValue());
        }
    }

    @Override
    public void close() {
        over.set(true);
        clients.close();
    }
}
