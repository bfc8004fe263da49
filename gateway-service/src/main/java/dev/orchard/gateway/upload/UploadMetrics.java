package dev.orchard.gateway.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Uploads in numbers: how they end and how long that takes, the bytes that come, and those that were there already. */
@Component
public final class UploadMetrics {
    private final MeterRegistry meters;
    private final Counter received;
    private final Counter saved;

    /** How the bytes come: in one request, or in parts that are put together in the end. */
    public enum Way {
        SINGLE,
        PARTS;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    UploadMetrics(MeterRegistry meters) {
        this.meters = meters;
        received = Counter.builder("orchard.upload.bytes")
                .description("Bytes of uploads that came, whatever became of them")
                .register(meters);
        saved = Counter.builder("orchard.upload.saved.bytes")
                .description("Bytes of recorded uploads that were stored already")
                .register(meters);
    }

    /** Makes the timers of all outcomes at once: no alarm can watch a number that is not there yet. */
    public void prepare(Way way, Class<?> outcomes) {
        for (Class<?> outcome : outcomes.getPermittedSubclasses()) {
            timer(way, outcome);
        }
    }

    /** Measures what ends with an outcome, under the name of its class: {@code digest_mismatch} and so on. */
    public <T> T timed(Way way, Supplier<T> upload) {
        var sample = Timer.start(meters);
        T outcome = upload.get();
        sample.stop(timer(way, outcome.getClass()));
        return outcome;
    }

    public void received(long bytes) {
        received.increment((double) bytes);
    }

    /** Counts what the answer of a recorded upload says was saved. */
    public void saved(JsonNode answer) {
        saved.increment(answer.path("bytes_saved").asDouble(0));
    }

    private Timer timer(Way way, Class<?> outcome) {
        String label =
                outcome.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        return Timer.builder("orchard.uploads")
                .description("Uploads by how they ended; of those in parts, the putting together")
                .tag("way", way.label())
                .tag("outcome", label)
                .register(meters);
    }
}
