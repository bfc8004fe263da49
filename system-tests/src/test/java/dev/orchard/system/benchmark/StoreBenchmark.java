package dev.orchard.system.benchmark;

import dev.orchard.system.RunningOrchard;
import dev.orchard.system.docs.MarkedPage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Measures, and asserts nothing: Orchard, docker-registry and nginx in turn, round after round, the medians told. What
 * was uploaded is deleted at the very end: a deletion of gigabytes stalls who syncs next.
 */
class StoreBenchmark {
    private static final String ONLY = System.getProperty("orchard.benchmark.only", "");
    private static final String STORES =
            System.getProperty("orchard.benchmark.stores", "orchard,docker-registry,nginx");
    private static final int ROUNDS = Integer.getInteger("orchard.benchmark.rounds", 3);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("orchard.benchmark.seconds", 2));
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("orchard.benchmark.warmup", 60));
    private static final boolean OPTIMIZE =
            Boolean.parseBoolean(System.getProperty("orchard.benchmark.optimize", "true"));
    private static final Path PAGE =
            Path.of(System.getProperty("orchard.home", "..")).resolve("docs/performance.md");

    private final double loadBefore =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    private final List<MeasuredStore> stores = new ArrayList<>();
    private final Report report = new Report();

    @AfterEach
    void stop() {
        stores.forEach(MeasuredStore::close);
    }

    @Test
    void tellsHowFastItIsBesideOthers() throws Exception {
        start();
        for (MeasuredStore store : stores) {
            warmUp(store);
        }
        for (Workload workload : workloads()) {
            measure(workload);
        }
        for (MeasuredStore store : stores) {
            report.addPeak(store.name(), Processor.peakMebibytes(store.processes()));
        }
        String text = circumstances() + "\n" + report.tables();
        System.out.println(text);
        if (Boolean.getBoolean("orchard.benchmark.write")) {
            new MarkedPage(PAGE, "benchmark").write(text);
        }
    }

    private void start() throws IOException {
        if (STORES.contains("orchard")) {
            stores.add(new OrchardStore(OPTIMIZE ? RunningOrchard.create("--optimize") : RunningOrchard.create()));
        }
        add("docker-registry", STORES.contains("docker-registry") ? RegistryStore.start() : Optional.empty());
        add("nginx", STORES.contains("nginx") ? WebDavStore.start() : Optional.empty());
    }

    private void add(String name, Optional<MeasuredStore> store) {
        store.ifPresentOrElse(stores::add, () -> tell(name + " is left out: it is not installed, or not asked for"));
    }

    private static List<Workload> workloads() {
        return Arrays.stream(Workload.values())
                .filter(workload -> ONLY.isEmpty() || List.of(ONLY.split(",")).contains(workload.name()))
                .toList();
    }

    /** What is compiled while it runs gets the time to become what it is. */
    private static void warmUp(MeasuredStore store) throws Exception {
        Duration each = store instanceof OrchardStore ? WARM_UP.dividedBy(2) : Duration.ofSeconds(1);
        for (Workload workload : List.of(Workload.UPLOAD_4K, Workload.DOWNLOAD_4K)) {
            new Load(workload, store).run(each);
        }
    }

    private void measure(Workload workload) throws Exception {
        List<MeasuredStore> able =
                stores.stream().filter(store -> store.can(workload.kind())).toList();
        List<Load> loads = new ArrayList<>();
        for (MeasuredStore store : able) {
            var load = new Load(workload, store);
            load.run(ROUND.dividedBy(2)); // not counted
            loads.add(load);
        }
        for (int i = 0; i < ROUNDS; i++) {
            for (int j = 0; j < able.size(); j++) {
                sync();
                Round round = loads.get(j).run(ROUND);
                report.add(able.get(j).name(), round);
                tell(workload, able.get(j), round);
            }
        }
    }

    /** What one store left to the kernel to write is not written in the next one's time. */
    private static void sync() throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
    }

    private String circumstances() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        String missing = report.missing();
        return """
                %s, %d × %s, Linux %s; %d rounds of at most %d s each, medians; Orchard's services %s; a load of
                %.1f before it began.%s
                """.formatted(
                        LocalDate.now(),
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        System.getProperty("os.version"),
                        ROUNDS,
                        ROUND.toSeconds(),
                        OPTIMIZE ? "with `--optimize`" : "without `--optimize`",
                        loadBefore,
                        missing.isEmpty() ? "" : " Left out: " + missing + ".");
    }

    private static void tell(Workload workload, MeasuredStore store, Round round) {
        tell(String.format(
                Locale.ROOT,
                "%s, %s: %d in %.2f s, %.1f/s, %.1f MiB/s, CPU %.3f ms an operation, the client's %.3f",
                workload,
                store.name(),
                round.operations(),
                round.seconds(),
                round.operationsASecond(),
                round.mebibytesASecond(),
                round.processorMillisAnOperation(),
                round.clientMillisAnOperation()));
    }

    private static void tell(String what) {
        System.out.println("measured: " + what);
    }
}
