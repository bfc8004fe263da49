package dev.orchard.system;

import static dev.orchard.system.OrchardClient.unique;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients that move tags between a few artifacts until this is closed, whatever they are answered. */
final class TagLoad implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final long PAUSE = Duration.ofMillis(20).toNanos();

    private final OrchardClient client;
    private final Place place;
    private final List<String> artifacts = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong moves = new AtomicLong();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    TagLoad(OrchardClient client) throws IOException, InterruptedException {
        this.client = client;
        this.place = client.createPlace();
        for (int i = 0; i < CLIENTS; i++) {
            byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
            client.upload(place, "?tag=first-" + i, content);
            artifacts.add(OrchardClient.sha256(content));
        }
        for (int i = 0; i < CLIENTS; i++) {
            String tag = "t" + i;
            clients.submit(() -> moveUntilOver(tag));
        }
    }

    /** How many moves were acknowledged. */
    long moves() {
        return moves.get();
    }

    private void moveUntilOver(String tag) {
        for (int i = 0; !over.get(); i++) {
            try {
                int status = client.putTag(place, tag, artifacts.get(i % artifacts.size()))
                        .status();
                if (status == 200 || status == 201) {
                    moves.incrementAndGet();
                }
            } catch (IOException e) {
                // refused, cut off: the next one may pass
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    @Override
    public void close() {
        over.set(true);
        clients.close();
    }
}
