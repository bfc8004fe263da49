package dev.orchard.support.tracing;

import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/** Makes visible, within the trace of a request, what its calls do not show. Does nothing where nothing is traced. */
public final class Spans {
    private final @Nullable Tracer tracer;

    private Spans(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    public static Spans with(@Nullable Tracer tracer) {
        return new Spans(tracer);
    }

    /** Work that answers something, or fails. */
    public interface Work<T extends @Nullable Object, E extends Exception> {
        T run() throws E;
    }

    /** Runs work as a span of this name, if the thread serves a request that is traced. */
    public <T extends @Nullable Object, E extends Exception> T within(String name, Work<T, E> work) throws E {
        if (tracer == null || tracer.currentSpan() == null) {
            return work.run();
        }
        var span = tracer.nextSpan().name(name).start();
        boolean failed = true;
        try (var _ = tracer.withSpan(span)) {
            T result = work.run();
            failed = false;
            return result;
        } finally {
            if (failed) {
                span.tag("error", "true");
            }
            span.end();
        }
    }
}
