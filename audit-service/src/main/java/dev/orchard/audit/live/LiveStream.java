package dev.orchard.audit.live;

import dev.orchard.audit.search.EventFilter;
import dev.orchard.audit.search.EventSearchService;
import dev.orchard.audit.search.LedgerRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** One client's way through the ledger. It holds no more than the records that it handed out last. */
final class LiveStream implements AutoCloseable {
    /** So many positions are looked at in one statement, so that none runs for long however little fits. */
    private static final long WINDOW = 10_000;

    private final EventSearchService events;
    private final LedgerEnd end;
    private final Semaphore reads;
    private final EventFilter filter;
    private final Duration heartbeat;
    private final Runnable onClose;
    private final int restorations;
    private long position;

    /** @param after the position before the first one to look at */
    LiveStream(
            EventSearchService events,
            LedgerEnd end,
            Semaphore reads,
            EventFilter filter,
            long after,
            Duration heartbeat,
            Runnable onClose) {
        this.events = events;
        this.end = end;
        this.reads = reads;
        this.filter = filter;
        this.heartbeat = heartbeat;
        this.onClose = onClose;
        this.restorations = end.restorations();
        this.position = after;
        end.join();
    }

    /** Up to where everything that fits was handed out. */
    long position() {
        return position;
    }

    /** Whether there can be more: not once the process stops, or the ledger is not what it was. */
    boolean isOpen() {
        return !end.isStopped() && end.restorations() == restorations;
    }

    /** The next records that fit, in the log's order; none after a heartbeat's time without any, or when it ends. */
    List<LedgerRecord> next() throws InterruptedException {
        long deadline = System.nanoTime() + heartbeat.toNanos();
        while (isOpen()) {
            long known = end.await(position, deadline);
            if (known <= position) {
                return List.of();
            }
            long through = Math.min(known, position + WINDOW);
            var found = read(through);
            position = found.isEmpty() ? through : found.getLast().position();
            if (!found.isEmpty() || System.nanoTime() - deadline > 0) {
                return found;
            }
        }
        return List.of();
    }

    @Override
    public void close() {
        end.leave();
        onClose.run();
    }

    private List<LedgerRecord> read(long through) throws InterruptedException {
        reads.acquire();
        try {
            return events.findAfter(filter, position, through);
        } finally {
            reads.release();
        }
    }
}
