package dev.orchard.support.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;

/** Whether this service takes requests, as a number: asked beforehand, and no answer is a no. */
public final class ReadinessMetrics implements SmartLifecycle {
    private static final int SECONDS = 5;
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(4 * SECONDS);

    private final HealthEndpoint health;
    private @Nullable ScheduledExecutorService asking;
    private volatile boolean ready;
    private volatile long answeredAt = System.nanoTime();

    public ReadinessMetrics(HealthEndpoint health, MeterRegistry meters) {
        this.health = health;
        Gauge.builder("orchard.ready", () -> ready && System.nanoTime() - answeredAt < STALE_NANOS ? 1 : 0)
                .description("1 while the service takes requests")
                .register(meters);
    }

    @Override
    public synchronized void start() {
        asking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("readiness").factory());
        var _ = asking.scheduleWithFixedDelay(this::ask, 0, SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void stop() {
        if (asking != null) {
            asking.shutdownNow();
            asking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return asking != null;
    }

    private void ask() {
        var readiness = health.healthForPath("readiness");
        ready = readiness != null && readiness.getStatus().equals(Status.UP);
        answeredAt = System.nanoTime();
    }
}
