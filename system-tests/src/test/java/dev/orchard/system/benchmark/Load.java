package dev.orchard.system.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The clients of one workload at one store, each with a connection and content of its own. */
final class Load {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Workload workload;
    private final MeasuredStore store;
    private final List<Payload> payloads = new ArrayList<>();
    private final List<Stored> contents = new ArrayList<>();
    private final SplittableRandom seeds = new SplittableRandom();

    /** Puts into the store what has to be there before. */
    Load(Workload workload, MeasuredStore store) throws IOException {
        this.workload = workload;
        this.store = store;
        for (int i = 0; i < workload.clients(); i++) {
            payloads.add(new Payload(i == 0 || workload.contents() == 0 ? workload.size() : 1 << 10, seeds.nextLong()));
        }
        try (var connection = new HttpConnection(store.port())) {
            for (int i = 0; i < workload.contents(); i++) {
                payloads.getFirst().renew();
                store.upload(connection, payloads.getFirst());
                contents.add(payloads.getFirst().stored());
            }
        }
    }

    /** One round, and what it cost until all that it began was done. */
    Round run(Duration length) throws Exception {
        store.settle();
        var processes = store.processes();
        var before = Processor.seconds(processes);
        double clientBefore = clientSeconds();
        var operations = new AtomicLong();
        double seconds = run(length, operations);
        double client = clientSeconds() - clientBefore;
        store.settle();
        Map<String, Double> used = new HashMap<>();
        Processor.seconds(processes).forEach((process, after) -> used.put(process, after - before.get(process)));
        return new Round(workload, operations.get(), seconds, used, client);
    }

    private double run(Duration length, AtomicLong operations) throws Exception {
        var left = new AtomicLong(workload.most());
        var start = new CountDownLatch(1);
        var clients = Executors.newFixedThreadPool(workload.clients());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Payload payload : payloads) {
                running.add(clients.submit(client(payload, length, left, operations, start)));
            }
            long begin = System.nanoTime();
            start.countDown();
            for (Future<?> client : running) {
                client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            clients.shutdownNow(); // an interrupt closes the connection of a client that hangs
        }
    }

    private Callable<Void> client(
            Payload payload, Duration length, AtomicLong left, AtomicLong operations, CountDownLatch start)
            throws IOException {
        var connection = new HttpConnection(store.port());
        var random = seeds.split();
        return () -> {
            try (connection) {
                start.await();
                long end = System.nanoTime() + length.toNanos();
                long done = 0;
                while (left.getAndDecrement() > 0 && System.nanoTime() < end) {
                    operate(connection, payload, random);
                    done++;
                }
                operations.addAndGet(done);
                return null;
            }
        };
    }

    private void operate(HttpConnection connection, Payload payload, SplittableRandom random) throws IOException {
        switch (workload.kind()) {
            case UNIQUE_UPLOAD -> {
                payload.renew();
                store.upload(connection, payload);
            }
            case TAGGED_UPLOAD -> {
                payload.renew();
                store.uploadTagged(connection, payload);
            }
            case SENT_AGAIN -> store.upload(connection, payload);
            case DECLARED_DUPLICATE -> store.declareDuplicate(connection, any(random));
            case DOWNLOAD -> download(connection, any(random), Optional.empty());
            case RANGE -> {
                long first = random.nextLong(workload.size() / Workload.RANGE_LENGTH) * Workload.RANGE_LENGTH;
                var range = new MeasuredStore.Range(first, first + Workload.RANGE_LENGTH - 1);
                download(connection, any(random), Optional.of(range));
            }
        }
    }

    private Stored any(SplittableRandom random) {
        return contents.get(random.nextInt(contents.size()));
    }

    private void download(HttpConnection connection, Stored stored, Optional<MeasuredStore.Range> range)
            throws IOException {
        long received = store.download(connection, stored, range);
        if (received != workload.bytes()) {
            throw new IOException(store.name() + " sent " + received + " bytes");
        }
    }

    private static double clientSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}
