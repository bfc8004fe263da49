package dev.orchard.audit.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.audit.AuditClient;
import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.events.EventType;
import dev.orchard.support.naming.ProjectName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** On a stage of its own, because it needs a ledger of some size, and takes its database away. */
@Timeout(180)
class EventExportIT {
    private static final String EVENTS = "/api/v1/audit/events";
    private static final int MANY = 50_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static AuditStage stage;

    private final AuditClient client = stage.client();
    private final String project = "export-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        stage = new AuditStage();
        stage.fill(MANY, "x".repeat(200));
    }

    @AfterAll
    static void stop() throws IOException {
        stage.close();
    }

    @Test
    void exportsEverythingNewestFirstWhileEventsAreAppended() throws IOException {
        try (var lines = lines("?project=filled&limit=10", "application/x-ndjson")) {
            long position = MANY + 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(JSON.readTree(line).path("position").asLong()).isEqualTo(--position);
                if (position % 10_000 == 0) {
                    stage.send(AuditEvent.of(EventType.TAG_CREATED).withData("project", "filled-meanwhile"));
                }
            }
            assertThat(position).isOne();
        }
    }

    @Test
    void holdsAChunkOfTheLedgerAtATimeHoweverLargeItsRecordsAre() {
        var large = "x".repeat(60_000);
        for (int i = 0; i < 20; i++) {
            send(AuditEvent.of(EventType.TAG_CREATED)
                    .withData("project", project)
                    .withData("padding", large));
        }
        var events = stage.service().getBean(EventSearchService.class);
        var filter = new EventFilter(ProjectName.of(project), null, null, null, null, null, null, null, null);
        assertThat(events.findBefore(filter, null)).hasSize(5);
        assertThat(events.findAfter(filter, 0, Long.MAX_VALUE)).hasSize(5);
        assertThat(events.findAfter(unfiltered(), 0, Long.MAX_VALUE)).hasSize(500);
    }

    @Test
    void exportsTheLinesThatTheListHasAsItems() throws IOException {
        send(inTheProject().with("actor", "alice\u2028\"é"), inTheProject());
        stage.send(
                AuditEvent.newId(), ("{\n\"x\": 1,\r\n\"id\": \"" + project + "\"}").getBytes(StandardCharsets.UTF_8));
        var items = client.events("project=" + project).path("items");
        try (var lines = lines("?project=" + project, "application/x-ndjson")) {
            assertThat(lines.readAllLines()).map(JSON::readTree).containsExactlyElementsOf(items);
        }
    }

    @Test
    void keepsAnEventWithLineEndsInOneLine() throws IOException {
        var event = inTheProject();
        var folded = new AuditEvent(event.id(), event.text().replaceFirst("\\{", "{\r\n"));
        send(folded);
        try (var lines = lines("?project=" + project, "application/x-ndjson")) {
            assertThat(lines.readAllLines()).hasSize(1);
        }
    }

    @Test
    void exportsATableThatReadsBackAsTheLedger() throws IOException {
        send(inTheProject().with("actor", "o'neil, \"bob\""), inTheProject().withData("tag", "1.4.2"));
        List<CSVRecord> rows;
        try (var lines = lines("?project=" + project, "text/csv")) {
            rows = CSVFormat.RFC4180.builder().setHeader().get().parse(lines).getRecords();
        }
        assertThat(rows).map(EventExportIT::texts).isEqualTo(ledger());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                          | application/json",
                "application/json                             | application/json",
                "text/csv;q=0.5, application/json;q=0.9       | application/json",
                "text/csv;q=0.9, application/json;q=0.5       | text/csv;header=present;charset=UTF-8",
                "text/csv, */*;q=0.1                          | text/csv;header=present;charset=UTF-8",
                "text/html, application/x-ndjson;q=0.9        | application/x-ndjson",
                "application/x-ndjson                         | application/x-ndjson"
            })
    void answersInTheFormThatIsAskedFor(String accept, String contentType) {
        var answer = client.exchange(EVENTS + "?project=" + project, "Accept", accept);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(contentType);
        assertThat(answer.headers().firstValue("Content-Disposition").isPresent())
                .isEqualTo(!contentType.equals("application/json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml, image/png"})
    void refusesAFormThatThereIsNot(String accept) {
        var answer = client.exchange(EVENTS, "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body())
                .contains(
                        "urn:orchard:problem:not-acceptable",
                        "Accept application/json or application/x-ndjson or text/csv.");
    }

    @Test
    void refusesAQuestionThatMakesNoSenseBeforeItBegins() {
        var answer = client.exchange(EVENTS + "?from=yesterday", "Accept", "text/csv");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/csv"})
    void breaksOffWhereTheDatabaseDoes(String form) throws IOException {
        try (var lines = lines("", form)) {
            lines.readLine();
            stage.killDatabase();
            assertThatThrownBy(lines::readAllLines).isInstanceOf(IOException.class);
            var refused = client.exchange(EVENTS, "Accept", form);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        } finally {
            stage.startDatabase();
            AuditStage.eventually()
                    .until(() -> client.exchange(EVENTS + "?limit=1").statusCode() == 200);
        }
    }

    private AuditEvent inTheProject() {
        return AuditEvent.of(EventType.TAG_CREATED).withData("project", project);
    }

    private void send(AuditEvent... events) {
        for (var event : events) {
            stage.send(event);
        }
        String last = EVENTS + "/" + events[events.length - 1].id();
        AuditStage.eventually().until(() -> client.exchange(last).statusCode() == 200);
    }

    private BufferedReader lines(String query, String form) {
        var answer = client.open(EVENTS + query, "Accept", form);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static EventFilter unfiltered() {
        return new EventFilter(null, null, null, null, null, null, null, null, null);
    }

    private static Map<String, String> texts(CSVRecord row) {
        return row.toMap();
    }

    private List<Map<String, String>> ledger() {
        return stage
                .ledger()
                .sql("SELECT * FROM audit.ledger WHERE project = :project ORDER BY position DESC")
                .param("project", project)
                .query((row, number) -> PostgresEventStore.ledgerRecord(row))
                .stream()
                .map(EventExportIT::texts)
                .toList();
    }

    private static Map<String, String> texts(LedgerRecord found) {
        return Map.ofEntries(
                Map.entry("position", Long.toString(found.position())),
                Map.entry("recorded_at", found.recordedAt().toString()),
                Map.entry("event_id", found.eventId().toString()),
                Map.entry("time", String.valueOf(found.time())),
                Map.entry("type", String.valueOf(found.type())),
                Map.entry("subject", String.valueOf(found.subject())),
                Map.entry("actor", String.valueOf(found.actor())),
                Map.entry("request_id", String.valueOf(found.requestId())),
                Map.entry("project", String.valueOf(found.project())),
                Map.entry("package", String.valueOf(found.packageName())),
                Map.entry("tag", String.valueOf(found.tag())),
                Map.entry("artifact_id", String.valueOf(found.artifactId())),
                Map.entry("payload_sha256", found.payloadSha256().hex()),
                Map.entry("malformed", ""),
                Map.entry("event", new String(found.payload(), StandardCharsets.UTF_8)));
    }
}
