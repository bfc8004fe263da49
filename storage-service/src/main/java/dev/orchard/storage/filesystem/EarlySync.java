package dev.orchard.storage.filesystem;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Has the disk write what there is of a long file while the rest still comes in, so that little is left to wait for. */
final class EarlySync {
    /** Below this the last sync is quick enough. */
    private static final int STEP_BYTES = 16 * 1024 * 1024;

    private final FileChannel file;
    private @Nullable FutureTask<FileChannel> running;
    private long unsynced;

    EarlySync(FileChannel file) {
        this.file = file;
    }

    /** So many more bytes were written. */
    void written(int count) throws IOException {
        unsynced += count;
        if (unsynced >= STEP_BYTES && (running == null || running.isDone())) {
            await();
            unsynced = 0;
            running = new FutureTask<>(() -> {
                file.force(false);
                return file;
            });
            Thread.startVirtualThread(running);
        }
    }

    /** The system tells of a write that failed to one sync only: what one of these was told must not be lost. */
    void await() throws IOException {
        if (running == null) {
            return;
        }
        try {
            running.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service ends");
        }
    }
}
