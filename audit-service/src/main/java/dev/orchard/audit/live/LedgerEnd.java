package dev.orchard.audit.live;

import dev.orchard.audit.search.EventSearchService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Where the ledger ends, looked at by one thread for all streams, and only while there are any. */
@Component
final class LedgerEnd {
    private static final Logger log = LoggerFactory.getLogger(LedgerEnd.class);

    private final EventSearchService events;
    private final Duration poll;
    private @Nullable Thread poller;
    private int listeners;
    private long position;
    private int restorations;
    private boolean stopped;

    LedgerEnd(EventSearchService events, LiveSettings settings) {
        this.events = events;
        this.poll = settings.poll();
    }

    synchronized void join() {
        listeners++;
        if (poller == null) {
            poller = Thread.ofVirtual().name("ledger-end").start(this::poll);
        }
    }

    synchronized void leave() {
        listeners--;
        notifyAll();
    }

    /** Waits until the ledger goes on behind a position, a deadline ({@link System#nanoTime}) or the process's stop. */
    synchronized long await(long after, long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        while (position <= after && left > 0 && !stopped) {
            // Rounded up: a wait for no time would be one without end.
            wait(left / 1_000_000 + 1);
            left = deadline - System.nanoTime();
        }
        return position;
    }

    /** How often the ledger was seen to end before it had ended: positions from before mean nothing any more. */
    synchronized int restorations() {
        return restorations;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Comes before the web server waits for its requests to end, which streams do not by themselves. */
    @EventListener(ContextClosedEvent.class)
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private void poll() {
        boolean failing = false;
        long last = 0;
        while (isWanted()) {
            try {
                long end = events.end();
                publish(end, end < last);
                last = end;
                failing = false;
            } catch (DataAccessException e) {
                if (!failing) {
                    log.warn("the ledger's end cannot be read, live streams are silent: {}", e.toString());
                }
                failing = true;
            }
            pause();
        }
    }

    private synchronized boolean isWanted() {
        if (listeners == 0 || stopped) {
            poller = null;
            return false;
        }
        return true;
    }

    private synchronized void publish(long end, boolean restored) {
        if (restored) {
            log.error("the ledger ends at position {}, before it ended: it was restored to an earlier state", end);
            restorations++;
        }
        if (end != position) {
            position = end;
            notifyAll();
        }
    }

    private void pause() {
        try {
            Thread.sleep(poll);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
