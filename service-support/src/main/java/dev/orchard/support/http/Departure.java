package dev.orchard.support.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The time between being told to stop and taking no more requests. Readiness is down by then, so that new connections go to
 * another replica; the connections that callers keep are given up by them, as each answer asks for it, and none of them
 * sends a request into one that closes at this moment. It lasts longer than the second after which callers look at a
 * connection before they use it again.
 */
final class Departure implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Departure.class);

    private final Duration time;
    private volatile boolean running;
    private volatile boolean begun;

    Departure(Duration time) {
        this.time = time;
    }

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        begun = true;
        running = false;
        if (time.isPositive()) {
            log.info("takes requests for {} ms more", time.toMillis());
            try {
                TimeUnit.MILLISECONDS.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server's, which ends all others. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
