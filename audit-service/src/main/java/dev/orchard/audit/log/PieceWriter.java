package dev.orchard.audit.log;

import dev.orchard.support.context.RequestContext;
import dev.orchard.transparency.TilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Keeps the pieces of one tree several at a time, because each waits for a disk. Not for several threads at once. */
final class PieceWriter {
    private static final int MOST_PIECES = 16;
    private static final int MOST_BYTES = 4 << 20;
    private static final Executor THREADS = Thread::startVirtualThread;

    private final LogBlobClient blobs;
    private final RequestContext context = RequestContext.current();
    private final List<Piece> waiting = new ArrayList<>();
    private int bytesWaiting;

    PieceWriter(LogBlobClient blobs) {
        this.blobs = blobs;
    }

    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to the store, never compared
    private record Piece(TilePath path, byte[] bytes) {}

    /** Takes a piece; it is durable after the next {@link #flush()}. */
    void keep(TilePath path, byte[] bytes) throws LogRefusedException {
        waiting.add(new Piece(path, bytes));
        bytesWaiting += bytes.length;
        if (waiting.size() == MOST_PIECES || bytesWaiting >= MOST_BYTES) {
            flush();
        }
    }

    /** Returns when all pieces are durable. Each is new, or was there with the same bytes. */
    void flush() throws LogRefusedException {
        var writes = waiting.stream()
                .map(piece -> CompletableFuture.runAsync(() -> context.run(() -> write(piece)), THREADS))
                .toArray(CompletableFuture[]::new);
        waiting.clear();
        bytesWaiting = 0;
        try {
            CompletableFuture.allOf(writes).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case OtherBytesException other -> throw new LogRefusedException(String.valueOf(other.getMessage()));
                case RuntimeException failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    private void write(Piece piece) {
        if (!blobs.keep(piece.path.toString(), piece.bytes)) {
            throw new OtherBytesException(piece.path);
        }
    }

    private static final class OtherBytesException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OtherBytesException(TilePath path) {
            super("the store holds other bytes than this ledger makes for " + path);
        }
    }
}
