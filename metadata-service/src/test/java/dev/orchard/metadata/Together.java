package dev.orchard.metadata;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does something many times at once. */
public final class Together {
    private Together() {}

    /** What each came to; all begin when all are there. */
    public static <T> List<T> run(int many, IntFunction<T> each) throws InterruptedException {
        var ready = new CountDownLatch(many);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, many)
                    .mapToObj(n -> threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return each.apply(n);
                    }))
                    .toList();
            return running.stream()
                    .map(one -> {
                        try {
                            return one.get(60, TimeUnit.SECONDS);
                        } catch (InterruptedException | ExecutionException | TimeoutException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }
}
