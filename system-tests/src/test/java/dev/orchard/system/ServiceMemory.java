package dev.orchard.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** How much memory each service took at most: its heap by its own metrics, the whole process by the kernel's. */
final class ServiceMemory {
    static final List<String> SERVICES = List.of("gateway", "metadata", "storage", "audit");

    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{.*area=\"heap\".*} (\\S+)$");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final RunningOrchard orchard;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Long> heaps = new TreeMap<>();

    ServiceMemory(RunningOrchard orchard) {
        this.orchard = orchard;
    }

    /** Looks again and again until it is over; answers the largest heap of each service in bytes. */
    Map<String, Long> watch(AtomicBoolean over) {
        try {
            while (!over.get()) {
                for (String service : SERVICES) {
                    heaps.merge(service, heap(service), Math::max);
                }
                LockSupport.parkNanos(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return heaps;
    }

    /** The largest resident size of the process so far, in bytes. */
    long peak(String service) throws IOException {
        var peak = PEAK.matcher(Files.readString(Path.of("/proc/" + orchard.pid(service) + "/status")));
        if (!peak.find()) {
            throw new IOException(service + " does not run");
        }
        return Long.parseLong(peak.group(1)) << 10;
    }

    private long heap(String service) throws InterruptedException {
        try {
            String token = Files.readString(
                            orchard.data().resolve(service.equals("gateway") ? "admin-token" : "secrets/service-token"))
                    .strip();
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + orchard.port(service) + "/actuator/prometheus"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            String metrics = http.send(request, BodyHandlers.ofString()).body();
            return HEAP.matcher(metrics)
                    .results()
                    .mapToLong(pool -> (long) Double.parseDouble(pool.group(1)))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
