package dev.orchard.storage.s3;

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

    /** What an upload may take where the settings say nothing: half of the heap. */
    static long halfOfTheHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /** A buffer, to be closed after use; one that is larger than all there is takes all, and so is alone. */
    Buffer take(int bytes) {
        int taken = Math.min(all, Math.ceilDiv(bytes, UNIT));
        units.acquireUninterruptibly(taken);
        return new Buffer(bytes, () -> units.release(taken));
    }

    /** Memory that belongs to one upload until it is closed. */
    static final class Buffer implements AutoCloseable {
        private final byte[] bytes;
        private final Runnable giveBack;

        private Buffer(int size, Runnable giveBack) {
            this.bytes = new byte[size];
            this.giveBack = giveBack;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            giveBack.run();
        }
    }
}
