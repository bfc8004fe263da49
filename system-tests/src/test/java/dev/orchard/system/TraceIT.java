package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.unique;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.system.TraceReceiver.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One upload is one trace: through the services, PostgreSQL, Debezium and Kafka, into the ledger. */
class TraceIT {
    private static final String CLIENT = "00f067aa0ba902b7";

    private static TraceReceiver receiver;
    private static RunningOrchard orchard;
    private static Place place;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        receiver = new TraceReceiver();
        orchard = RunningOrchard.create(Map.of(
                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT", receiver.url(),
                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_SCHEDULEDELAY", "200ms",
                "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "0"));
        place = orchard.client().createPlace();
    }

    @AfterAll
    static void stop() {
        orchard.close();
        receiver.close();
    }

    @Test
    void followsAnUploadFromItsClientIntoTheLedger() throws IOException, InterruptedException {
        String trace = newTrace();

        upload(trace, "01");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(receiver.of(trace))
                        .extracting(Seen::name)
                        .contains("postgresql transaction", "orchard.storage.write", "capture", "ledger append"));
        assertThat(receiver.of(trace).stream().map(Seen::service).collect(toSet()))
                .containsExactlyInAnyOrder("orchard-gateway", "orchard-storage", "orchard-metadata", "orchard-audit");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(receiver.of(trace))
                        .allSatisfy(span -> assertThat(path(span)).endsWith(CLIENT)));
    }

    @Test
    void leadsFromTheGatewayThroughTheDatabaseToEachEvent() throws IOException, InterruptedException {
        String trace = newTrace();
        String request = upload(trace, "01");

        var events = events(request);

        assertThat(events).hasSize(3); // stored, tag created, count changed
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(receiver.of(trace).stream()
                                .filter(span -> span.name().equals("ledger append"))
                                .map(span -> span.attributes().get("cloudevents.event_id")))
                        .containsExactlyInAnyOrderElementsOf(events.stream()
                                .map(event -> event.path("id").asString())
                                .toList()));
        var append = receiver.of(trace).stream()
                .filter(span -> span.name().equals("ledger append"))
                .findFirst()
                .orElseThrow();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(services(append))
                        .containsExactly(
                                "orchard-audit ledger append",
                                "orchard-audit capture",
                                "orchard-metadata postgresql transaction",
                                "orchard-metadata http post /internal/uploads/{uploadId}/complete",
                                "orchard-gateway http post",
                                "orchard-gateway http post /api/v1/project/{project}/packages/{package}/upload"));
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(event.path("traceparent").asString()).startsWith("00-" + trace));
    }

    @Test
    void tracesNothingThatItsClientDoesNotTrace() throws IOException, InterruptedException {
        String trace = newTrace();
        String request = upload(trace, "00");

        assertThat(events(request)).hasSize(3).noneMatch(event -> event.has("traceparent"));
        assertThat(receiver.of(trace)).isEmpty();
        assertThat(receiver.all()).noneMatch(span -> span.name().contains("actuator"));
    }

    private static String upload(String trace, String flags) throws IOException, InterruptedException {
        String request = unique("traced");
        byte[] content = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        expect(
                201,
                orchard.client()
                        .upload(
                                place,
                                "?filename=a.txt&tag=" + unique("t"),
                                content,
                                "traceparent",
                                "00-%s-%s-%s".formatted(trace, CLIENT, flags),
                                "X-Request-Id",
                                request));
        return request;
    }

    /** The events of a request, once they are in the ledger. */
    private static List<JsonNode> events(String request) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            var page = expect(200, orchard.client().get("/audit/events?request_id=" + request));
                            return page.json()
                                    .path("items")
                                    .valueStream()
                                    .map(item -> item.has("event") ? item.path("event") : item)
                                    .toList();
                        },
                        found -> found.size() >= 3);
    }

    /** The ids from a span up to the client's own. */
    private static List<String> path(Seen span) {
        return up(span, Seen::id, true);
    }

    private static List<String> services(Seen span) {
        return up(span, seen -> seen.service() + " " + seen.name(), false);
    }

    private static List<String> up(Seen span, Function<Seen, String> what, boolean withRoot) {
        Map<String, Seen> byId =
                receiver.of(span.trace()).stream().collect(toMap(Seen::id, Function.identity(), (one, same) -> one));
        var found = new ArrayList<String>();
        String last = span.id();
        for (Seen seen = span; seen != null; seen = byId.get(seen.parent())) {
            found.add(what.apply(seen));
            last = seen.parent();
        }
        if (withRoot) {
            found.add(last);
        }
        return found;
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
