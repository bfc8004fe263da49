package dev.orchard.storage.s3;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The memory that all uploads share for the parts that they hold: one that finds none left waits its turn. */
final class S3Buffers {
    private static final int UNIT = 1024;

    private final Semaphore units;
    private final int all;

    S3Buffers(long bytes) {
        this.all = Math.toIntExact(Math.max(1, bytes / UNIT));
        this.units = new Semaphore(all, true);
    }

    /** As much as the settings allow, or half of the heap where they say nothing. */
    static S3Buffers of(S3Settings settings) {
        return new S3Buffers(
                settings.uploadMemory() == null
                        ? Runtime.getRuntime().maxMemory() / 2
                        : settings.uploadMemory().toBytes());
    }

    /** How much there is in all. */
    long size() {
        return (long) all * UNIT;
    }

    /** How much is taken now. */
    long taken() {
        return (long) (all - units.availablePermits()) * UNIT;
    }

    /** Waits until there is room; whoever asks for more than there is in all gets all, and so is alone. */
    Share take(int bytes) {
        int share = share(bytes);
        units.acquireUninterruptibly(share);
        return new Share(units, share);
    }

    /** Room that is there at once, and for which nobody waits. */
    Optional<Share> tryTake(int bytes) {
        int share = share(bytes);
        return !isWanted() && units.tryAcquire(share) ? Optional.of(new Share(units, share)) : Optional.empty();
    }

    /** Whether somebody waits. */
    boolean isWanted() {
        return units.hasQueuedThreads();
    }

    private int share(int bytes) {
        return Math.min(all, Math.ceilDiv(bytes, UNIT));
    }

    /** Room that belongs to one upload until it is closed. */
    record Share(Semaphore of, int units) implements AutoCloseable {
        @Override
        public void close() {
            of.release(units);
        }
    }
}
