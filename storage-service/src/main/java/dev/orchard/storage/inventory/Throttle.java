package dev.orchard.storage.inventory;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Lets bytes pass no faster than so many a second, by sleeping until the next are due. */
final class Throttle {
    /** So often a second a reader pauses, so that it takes little at once. */
    private static final int PAUSES_A_SECOND = 20;

    private static final int FEWEST_BYTES = 1024;
    private static final int MOST_BYTES = 128 * 1024;

    private final long rate;
    private final long start = System.nanoTime();
    private long passed;

    /** @param rate bytes a second; 0: as fast as it goes */
    Throttle(long rate) {
        this.rate = rate;
    }

    /** How many bytes to read at once. */
    int step() {
        return rate == 0 ? MOST_BYTES : Math.clamp(rate / PAUSES_A_SECOND, FEWEST_BYTES, MOST_BYTES);
    }

    /** Returns when these bytes are due. */
    void pass(int bytes) throws InterruptedIOException {
        passed += bytes;
        if (rate == 0) {
            return;
        }
        double due = (double) passed / rate * TimeUnit.SECONDS.toNanos(1);
        try {
            TimeUnit.NANOSECONDS.sleep((long) due - (System.nanoTime() - start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service ends");
        }
    }
}
