package dev.orchard.storage.blob;

import dev.orchard.support.tracing.Spans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.stereotype.Component;

/** Calls of a store, measured by outcome; one that fails has a kind when it comes out of here, and was counted once. */
@Component
public final class StoreCalls {
    private final MeterRegistry meters;
    private final Spans spans;
    private final Timer hash;
    private final RetryTemplate retry = new RetryTemplate(RetryPolicy.builder()
            .includes(IOException.class)
            .maxRetries(3)
            .delay(Duration.ofMillis(50))
            .multiplier(2)
            .jitter(Duration.ofMillis(25))
            .build());

    StoreCalls(MeterRegistry meters, Spans spans) {
        this.meters = meters;
        this.spans = spans;
        hash = Timer.builder("orchard.storage.hash")
                .description("Summing up the bytes of one blob while they pass")
                .register(meters);
        for (var kind : StoreFailedException.Kind.values()) {
            failures(kind);
        }
    }

    /** One call of a store. */
    public interface Call<T> {
        T run() throws IOException;
    }

    /** As {@link #call}, with a timer of this name, tagged by the class of what was answered. */
    public <T> T timed(String name, StoreFailedException.Kind kind, Call<T> call) throws StoreFailedException {
        var sample = Timer.start(meters);
        String outcome = "Failed";
        try {
            T result = spans.within(name, () -> call(kind, call));
            outcome = result.getClass().getSimpleName();
            return result;
        } finally {
            sample.stop(meters.timer(name, "outcome", outcome));
        }
    }

    /** @throws StoreFailedException of this kind, where the store does not name another one itself */
    public <T> T call(StoreFailedException.Kind kind, Call<T> call) throws StoreFailedException {
        try {
            return call.run();
        } catch (IOException e) {
            throw failed(kind, e);
        }
    }

    /** As {@link #call}, tried again three times before it is given up; so it must change nothing. */
    <T> T retried(StoreFailedException.Kind kind, Retryable<T> call) throws StoreFailedException {
        try {
            return retry.execute(call);
        } catch (RetryException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw failed(kind, e.getCause());
        }
    }

    /** The failure, counted, as an exception to throw. */
    StoreFailedException failed(StoreFailedException.Kind kind, Throwable cause) {
        var failure = cause instanceof StoreFailedException known ? known : new StoreFailedException(kind, cause);
        failures(failure.kind()).increment();
        return failure;
    }

    /** Notes how long the sums of one blob took, which are made while its bytes pass. */
    void summedUp(Duration time) {
        hash.record(time);
    }

    private Counter failures(StoreFailedException.Kind kind) {
        return Counter.builder("orchard.storage.failures")
                .description("What the store failed at, retries exhausted")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
