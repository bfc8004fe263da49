package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.unique;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Measures, and asserts nothing: time to ready, memory, and how long a change takes to reach the ledger. */
class LatencyMeasurement {
    private static final int CHANGES = 1200;
    private static final int CHANGES_A_SECOND = 20;

    @Test
    void tellsTimeToReadyMemoryAndLatency() throws Exception {
        long begin = System.nanoTime();
        try (var orchard = RunningOrchard.create()) {
            tell("first start, s", seconds(begin));
            changeTags(orchard, 100);
            orchard.stop();
            begin = System.nanoTime();
            orchard.startAgain();
            tell("second start, s", seconds(begin));
            orchard.stop();
            begin = System.nanoTime();
            orchard.startAgain();
            tell("third start, s", seconds(begin));
            changeTags(orchard, CHANGES);
            tellLatency(orchard);
            tellMemory(orchard);
        }
    }

    private static void changeTags(RunningOrchard orchard, int changes) throws Exception {
        var client = orchard.client();
        Place place = client.createPlace();
        String[] artifacts = new String[2];
        for (int i = 0; i < artifacts.length; i++) {
            byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
            artifacts[i] = expect(201, client.upload(place, "", content))
                    .json()
                    .path("sha256")
                    .asString();
        }
        try (var timer = Executors.newScheduledThreadPool(4)) {
            for (int i = 0; i < changes; i++) {
                String artifact = artifacts[i / 10 % 2]; // so that every change moves a tag
                String tag = "t" + i % 10;
                timer.schedule(
                        () -> client.putTag(place, tag, artifact), i * 1000L / CHANGES_A_SECOND, TimeUnit.MILLISECONDS);
            }
        }
        new Trail(orchard).assertComplete(Duration.ofSeconds(60));
    }

    /** From the statement that changed something to the row in the ledger, over the last changes. */
    private static void tellLatency(RunningOrchard orchard) throws Exception {
        for (String quantile : new String[] {"0.5", "0.9", "0.99", "1.0"}) {
            String milliseconds = new Trail(orchard)
                    .ids("orchard_audit", """
                            SELECT round((percentile_cont(%s) WITHIN GROUP (ORDER BY extract(epoch FROM recorded_at - time)) * 1000)::numeric, 1)
                            FROM (SELECT * FROM audit.ledger ORDER BY position DESC LIMIT %d) last
                            """.formatted(quantile, CHANGES))
                    .getFirst();
            tell("change to ledger, p" + quantile + ", ms", milliseconds);
        }
    }

    private static void tellMemory(RunningOrchard orchard) throws IOException {
        double all = 0;
        for (String process : RunningOrchard.PROCESSES) {
            double mebibytes = pss(orchard.pid(process));
            tell(process + ", PSS, MiB", Math.round(mebibytes));
            all += mebibytes;
        }
        tell(
                "all with the launcher, PSS, MiB",
                Math.round(all + pss(orchard.launcher().pid())));
    }

    /** The proportional set size of a process with its children, in MiB. */
    private static double pss(long pid) throws IOException {
        double kibibytes = 0;
        var family = Stream.concat(
                ProcessHandle.of(pid).stream(), ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants));
        for (ProcessHandle process : (Iterable<ProcessHandle>) family::iterator) {
            if (process.pid() == pid || !isLauncher(pid)) {
                kibibytes += Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                        .sum();
            }
        }
        return kibibytes / 1024;
    }

    private static boolean isLauncher(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains("dev.orchard.standalone.Standalone");
    }

    private static String seconds(long begin) {
        return String.format("%.1f", (System.nanoTime() - begin) / 1e9);
    }

    private static void tell(String what, Object figure) {
        System.out.println("measured: " + what + ": " + figure);
    }
}
