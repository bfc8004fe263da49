package dev.orchard.audit.ledger;

import dev.orchard.support.tracing.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Ends the traces of requests: for each event that carries its place in one, the way out of the database and into the
 * ledger. That way is Debezium's and Kafka's, which tell no trace of it, so it is told by its two ends.
 */
@Component
final class EventTraces {
    /** A deletion of a hundred thousand tags is one trace, and would fill it with nothing new. */
    private static final int MOST_OF_A_BATCH = 200;

    private final @Nullable Tracer tracer;

    EventTraces(ObjectProvider<Tracer> tracer) {
        this.tracer = tracer.getIfAvailable();
    }

    /** Tells of what a committed batch has added. */
    void tell(Additions additions, Instant arrivedAt) {
        if (tracer == null) {
            return;
        }
        var now = Instant.now();
        int told = 0;
        for (var entry : additions.entries()) {
            if (told < MOST_OF_A_BATCH
                    && entry.reading() instanceof Reading.Event event
                    && event.traceparent() != null) {
                var logged = TraceContext.parse(event.traceparent());
                logged.ifPresent(place -> tell(tracer, event, place, arrivedAt, now));
                told += logged.isPresent() ? 1 : 0;
            }
        }
    }

    private static void tell(Tracer tracer, Reading.Event event, SpanContext logged, Instant arrivedAt, Instant now) {
        var request = Context.root().with(Span.wrap(logged));
        var capture = start(tracer, "capture", SpanKind.CONSUMER, event, request, event.time());
        capture.end(arrivedAt);
        start(tracer, "ledger append", SpanKind.INTERNAL, event, request.with(capture), arrivedAt)
                .end(now);
    }

    private static Span start(
            Tracer tracer, String name, SpanKind kind, Reading.Event event, Context parent, Instant at) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent)
                .setStartTimestamp(at)
                .setAttribute("cloudevents.event_id", event.id().toString())
                .setAttribute("cloudevents.event_type", event.type())
                .startSpan();
    }
}
