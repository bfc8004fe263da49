package dev.orchard.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The parts of one upload that are on their way, and the memory they are in. One buffer is the upload's own until it is
 * closed; others come when they are free and go when another upload waits, so that no upload waits for one that waits.
 */
final class S3PartsInFlight implements AutoCloseable {
    private final S3Buffers memory;
    private final int partSize;
    private final int most;
    private final Deque<S3Buffers.Share> shares = new ArrayDeque<>();
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final List<CompletedPart> arrived = new ArrayList<>();

    private record InFlight(ByteBuffer buffer, CompletableFuture<CompletedPart> answer) {}

    /** Waits for memory for one part. */
    S3PartsInFlight(S3Buffers memory, int partSize, int most) {
        this.memory = memory;
        this.partSize = partSize;
        this.most = most;
        shares.add(memory.take(partSize));
    }

    /**
     * A buffer for the next part: another one if there may be one, else the one of the part that was sent first.
     *
     * @throws IOException if that part could not be sent
     */
    byte[] buffer() throws IOException {
        while (inFlight.size() == shares.size() && !mayGrow()) {
            byte[] used = arrive();
            if (shares.size() > 1 && memory.isWanted()) {
                shares.remove().close();
            } else {
                return used;
            }
        }
        return new byte[partSize];
    }

    void add(ByteBuffer buffer, CompletableFuture<CompletedPart> answer) {
        inFlight.add(new InFlight(buffer, answer));
    }

    /** How many parts were sent, whether or not they have arrived. */
    int count() {
        return arrived.size() + inFlight.size();
    }

    /** Waits for all that are on their way; in their order. */
    List<CompletedPart> finish() throws IOException {
        while (!inFlight.isEmpty()) {
            arrive();
        }
        return arrived;
    }

    /** Waits too, since what is on its way must not arrive after the upload was given up, and is read from this memory. */
    @Override
    public void close() {
        inFlight.forEach(part -> part.answer().handle((stored, failure) -> true).join());
        inFlight.clear();
        shares.forEach(S3Buffers.Share::close);
        shares.clear();
    }

    private boolean mayGrow() {
        boolean sentFirstIsThere =
                !inFlight.isEmpty() && inFlight.getFirst().answer().isDone();
        if (shares.size() >= most || sentFirstIsThere) {
            return false;
        }
        var more = memory.tryTake(partSize);
        more.ifPresent(shares::add);
        return more.isPresent();
    }

    private byte[] arrive() throws IOException {
        var first = inFlight.getFirst();
        arrived.add(S3Calls.await(first.answer()));
        inFlight.removeFirst();
        return first.buffer().array();
    }
}
