package dev.orchard.support.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Optional;
import java.util.regex.Pattern;

/** A place in a trace that is recorded, as W3C Trace Context writes it: the value of {@code traceparent}. */
public final class TraceContext {
    private static final Pattern SAMPLED = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-01");

    private TraceContext() {}

    /** Where this thread is in the trace of its request; empty where that is not recorded. */
    public static String current() {
        var span = Span.current().getSpanContext();
        return span.isValid() && span.isSampled() ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01" : "";
    }

    /** Empty if {@code traceparent} is anything but a place in a recorded trace. */
    public static Optional<SpanContext> parse(String traceparent) {
        var parts = SAMPLED.matcher(traceparent);
        return parts.matches()
                ? Optional.of(SpanContext.createFromRemoteParent(
                                parts.group(1), parts.group(2), TraceFlags.getSampled(), TraceState.getDefault()))
                        .filter(SpanContext::isValid)
                : Optional.empty();
    }
}
