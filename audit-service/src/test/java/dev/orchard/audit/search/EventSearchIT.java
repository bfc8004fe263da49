package dev.orchard.audit.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditClient;
import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.events.EventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventSearchIT {
    private final AuditStage stage = AuditStage.shared();
    private final AuditClient client = stage.client();
    private final String project = "search-" + UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "package=cider, package=perry",
        "tag=1.4.2, tag=1.4.3",
        "type=dev.orchard.tag.created.v1, type=dev.orchard.tag.created.v2",
        "actor=admin, actor=adm",
        "request_id=7f3d9f5e-2a51-4c1c-9a35-0a6c0f4c1b2d, request_id=7f3d9f5e",
        "from=2026-11-03T09:30:07.123456Z, from=2026-11-03T09:30:07.123457Z",
        "to=2026-11-03T10:30:07.123457%2B01:00, to=2026-11-03T09:30:07.123456Z"
    })
    void findsByEachFilterWhatFitsAndNothingElse(String fitting, String unfitting) {
        var event = inTheProject(EventType.TAG_CREATED);
        send(event);
        assertThat(idsOf(fitting)).containsExactly(event.id());
        assertThat(idsOf(unfitting)).isEmpty();
    }

    @Test
    void findsByArtifactAcrossProjects() {
        byte[] random = new byte[32];
        ThreadLocalRandom.current().nextBytes(random);
        String artifact = HexFormat.of().formatHex(random);
        var tag = inTheProject(EventType.TAG_CREATED).withData("artifact_id", artifact);
        var count = AuditEvent.of(EventType.REFCOUNT_CHANGED).withData("artifact_id", artifact);
        send(tag, count);
        assertThat(ids(client.events("artifact=" + artifact))).containsExactly(count.id(), tag.id());
        assertThat(ids(client.events("project=" + project))).containsExactly(tag.id());
    }

    @Test
    void showsTheNewestFirstWithItsPlaceInTheLog() {
        var first = inTheProject(EventType.TAG_CREATED);
        var second = inTheProject(EventType.TAG_DELETED);
        send(first, second);
        var items = client.events("project=" + project).path("items");
        assertThat(ids(client.events("project=" + project))).containsExactly(second.id(), first.id());
        assertThat(items.get(0).path("position").asLong())
                .isEqualTo(items.get(1).path("position").asLong() + 1);
        assertThat(items.get(0).propertyNames()).containsExactly("position", "recorded_at", "event");
    }

    @Test
    void turnsPagesWithoutGapOrRepeatWhileEventsArrive() {
        var events = IntStream.range(0, 25)
                .mapToObj(i -> inTheProject(EventType.TAG_CREATED))
                .toArray(AuditEvent[]::new);
        send(events);
        var seen = new ArrayList<UUID>();
        String cursor = "";
        do {
            var page = client.events("project=" + project + "&limit=10" + cursor);
            seen.addAll(ids(page));
            send(inTheProject(EventType.TAG_CREATED));
            cursor = page.path("next_cursor").isNull()
                    ? null
                    : "&cursor=" + page.path("next_cursor").asString();
        } while (cursor != null);
        assertThat(seen.reversed())
                .containsExactlyElementsOf(
                        List.of(events).stream().map(AuditEvent::id).toList());
    }

    @Test
    void showsOneEventWithTheDigestOfItsBytes() {
        var event = inTheProject(EventType.TAG_MOVED);
        send(event);
        var item = client.json("/api/v1/audit/events/" + event.id());
        assertThat(item.path("event").path("id").asString())
                .isEqualTo(event.id().toString());
        assertThat(item.path("payload_sha256").asString())
                .isEqualTo(stage.ledger()
                        .sql("SELECT encode(sha256(:bytes), 'hex')")
                        .param("bytes", event.bytes())
                        .query(String.class)
                        .single());
    }

    @Test
    void showsWhatIsNoEventAsTheBytesItIs() {
        var id = AuditEvent.newId();
        byte[] bytes = ("no event " + id).getBytes(StandardCharsets.UTF_8);
        stage.send(id, bytes);
        AuditStage.eventually()
                .until(() -> client.exchange("/api/v1/audit/events/" + id).statusCode() == 200);
        var item = client.json("/api/v1/audit/events/" + id);
        assertThat(item.path("malformed").asString()).startsWith("it is not JSON");
        assertThat(item.path("raw_base64").asString())
                .isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(item.has("event")).isFalse();
    }

    @Test
    void answersNotFoundForAnUnknownEvent() {
        var answer = client.exchange("/api/v1/audit/events/" + UUID.randomUUID());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("urn:orchard:problem:event-not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project=NO",
                "artifact=abc",
                "from=yesterday",
                "limit=0",
                "limit=1001",
                "limit=x",
                "cursor=!",
                "cursor=eA",
                "actor=a%00b"
            })
    void refusesAQuestionThatMakesNoSense(String query) {
        var answer = client.exchange("/api/v1/audit/events?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":");
    }

    @Test
    void letsOnlyServicesOfThisOrchardIn() {
        var stranger = new AuditClient(client.base(), "another-token-of-at-least-32-characters");
        assertThat(stranger.exchange("/api/v1/audit/events").statusCode()).isEqualTo(401);
        assertThat(stranger.exchange("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    private AuditEvent inTheProject(EventType type) {
        return AuditEvent.of(type)
                .withData("project", project)
                .withData("tag", "1.4.2")
                .with("time", "2026-11-03T09:30:07.123456Z");
    }

    private void send(AuditEvent... events) {
        for (var event : events) {
            stage.send(event);
        }
        String last = "/api/v1/audit/events/" + events[events.length - 1].id();
        AuditStage.eventually().until(() -> client.exchange(last).statusCode() == 200);
    }

    private List<UUID> idsOf(String query) {
        return ids(client.events("project=" + project + "&" + query));
    }

    private static List<UUID> ids(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> UUID.fromString(item.path("event").path("id").asString()))
                .toList();
    }
}
