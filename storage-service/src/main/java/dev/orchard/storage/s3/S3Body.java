package dev.orchard.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The bytes of an object as the store sends them. The SDK's own stream reads 4 MiB ahead for every reader and waits for
 * a silent store for ever; this one holds a few buffers, and gives up.
 */
final class S3Body extends InputStream implements Subscriber<ByteBuffer> {
    /** Buffers of the HTTP client's making: some 16 KiB each. */
    private static final int AHEAD = 16;

    private final Duration patience;
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private volatile @Nullable Subscription subscription;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean ended;

    private sealed interface Signal {
        record Bytes(ByteBuffer bytes) implements Signal {}

        record End() implements Signal {}

        record Failure(Throwable cause) implements Signal {}
    }

    private S3Body(Duration patience) {
        this.patience = patience;
    }

    /** @param patience how long the store may be silent while somebody reads */
    static S3Body of(Publisher<ByteBuffer> bytes, Duration patience) {
        var body = new S3Body(patience);
        bytes.subscribe(body);
        return body;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] sink, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, sink.length);
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining() && !ended) {
            advance();
        }
        int count = Math.min(length, current.remaining());
        current.get(sink, offset, count);
        return count == 0 ? -1 : count;
    }

    /** A connection with bytes left in it is dropped: reading them to use it again could take as long as the blob is. */
    @Override
    public void close() {
        var source = subscription;
        if (!ended && source != null) {
            source.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription source) {
        subscription = source;
        source.request(AHEAD);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        signals.add(new Signal.Bytes(bytes));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal.Failure(failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.End());
    }

    private void advance() throws IOException {
        switch (next()) {
            case Signal.Bytes(ByteBuffer bytes) -> {
                current = bytes;
                var source = subscription;
                if (source != null) {
                    source.request(1);
                }
            }
            case Signal.End() -> ended = true;
            case Signal.Failure(Throwable cause) -> throw new IOException("the store broke off", cause);
        }
    }

    private Signal next() throws IOException {
        try {
            var signal = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (signal == null) {
                throw new IOException("the store was silent for " + patience);
            }
            return signal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(e);
        }
    }
}
