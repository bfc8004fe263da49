package dev.orchard.metadata.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.events.EventSchemas;
import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.TestPackage;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who, from where, for which request and why: in every event that a request causes. */
class CauseAndContextIT {
    private static final String REASON = "Größe geprüft, 100 % – «ok» 🌳";

    private final TestPackage here = TestPackage.create();
    private final String request = "r-" + UUID.randomUUID();
    private final String[] context = {
        "X-Request-Id",
        request,
        "X-Orchard-Actor",
        "mueller@example.org",
        "X-Orchard-Client-Address",
        "2001:db8::7",
        "X-Orchard-Reason",
        URLEncoder.encode(REASON, StandardCharsets.UTF_8)
    };

    @Test
    void tellsTheWholeContextInEachEventOfARequest() {
        String artifact = here.uploadNew();
        var answer = here.point("v1", artifact, context).expect(201);

        assertThat(answer.header("X-Request-Id")).isEqualTo(request);
        var events = eventsOfRequest();
        assertThat(events.stream().map(event -> event.required("type").asString()))
                .containsExactlyInAnyOrder("dev.orchard.tag.created.v1", "dev.orchard.refcount.changed.v1");
        for (var event : events) {
            assertThat(event.required("actor").asString()).isEqualTo("mueller@example.org");
            assertThat(event.required("clientaddress").asString()).isEqualTo("2001:db8::7");
            assertThat(event.required("reason").asString()).isEqualTo(REASON);
            assertThat(event.required("dbuser").asString()).isEqualTo("orchard_app");
            assertThat(event.has("breakglass")).isFalse();
        }
    }

    @Test
    void leavesOutWhatARequestDoesNotTell() {
        String artifact = here.uploadNew();
        here.point("v1", artifact, "X-Request-Id", request).expect(201);

        for (var event : eventsOfRequest()) {
            assertThat(event.has("reason")).isFalse();
            assertThat(event.has("clientaddress")).isFalse();
        }
    }

    @Test
    void doesNotTakeTheContextOfTheRequestBefore() {
        String artifact = here.uploadNew();
        here.point("v1", artifact, context).expect(201);
        here.client().delete(here.path("v1"), "X-Request-Id", request + "-2").expect(204);

        assertThat(events("payload::json->>'requestid' = ?", request + "-2"))
                .hasSize(2)
                .allSatisfy(
                        event -> assertThat(event.required("actor").asString()).isEqualTo("alice"))
                .noneMatch(event -> event.has("reason"));
    }

    @Test
    void refusesAReasonThatCannotBeStored() {
        here.client().delete(here.path(), "X-Orchard-Reason", "a%00b").expectProblem(400, "malformed-request");
    }

    @Test
    void namesTheCauseOfWhatGoesWithAProject() {
        String artifact = here.upload(TestPackage.unique("content"), "v1");
        here.client()
                .delete("/api/v1/project/" + here.project(), "X-Request-Id", request)
                .expect(200);

        var events = eventsOfRequest();
        assertThat(events).hasSize(4);
        assertThat(events.stream()
                        .filter(event -> !event.required("type").asString().contains("project"))
                        .map(event -> event.required("data").required("cause").asString()))
                .containsOnly("project.deleted");
        assertThat(here.refCount(artifact)).isZero();
    }

    @Test
    void writesOnlyEventsThatKeepTheirSchema() {
        String content = TestPackage.unique("content");
        here.upload(content, "v1");
        here.upload(content, "v2");
        here.complete(here.begun(), content, Map.of()).expect(201);
        here.upload(TestPackage.unique("other"), "v1");
        here.client().delete(here.path("v2")).expect(204);
        here.client()
                .post(
                        "/internal/content/unavailable",
                        Map.of(
                                "project",
                                here.project(),
                                "package",
                                "k",
                                "artifact_id",
                                TestPackage.sha256(content),
                                "storage_key",
                                "blobs/" + UUID.randomUUID(),
                                "expected_size",
                                7))
                .expect(204);
        here.client().delete(here.path()).expect(200);
        here.client().delete("/api/v1/project/" + here.project()).expect(200);

        var schemas = new EventSchemas();
        List<String> payloads = payloads("payload LIKE ?", "%" + here.project() + "%");
        assertThat(payloads).hasSizeGreaterThanOrEqualTo(12);
        assertThat(payloads)
                .allSatisfy(
                        event -> assertThat(schemas.problems(event)).as(event).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer nonsense", "Basic YTpi"})
    void letsNobodyInWithoutTheServiceToken(String authorization) {
        var client = MetadataStage.shared().client();
        var request = HttpRequest.newBuilder(client.base().resolve("/api/v1/projects"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }

        client.exchange(request).expectProblem(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/../../api/v1/projects",
                "/actuator/health;/../../api/v1/projects",
                "/actuator/prometheus"
            })
    void letsNobodyInThroughTheProbes(String path) {
        var client = MetadataStage.shared().client();
        var answer = client.exchange(HttpRequest.newBuilder(java.net.URI.create(client.base() + path)));

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void letsProbesInWithoutTheServiceToken() {
        var client = MetadataStage.shared().client();

        client.exchange(HttpRequest.newBuilder(client.base().resolve("/actuator/health/readiness")))
                .expect(200);
    }

    private List<JsonNode> eventsOfRequest() {
        return events("payload::json->>'requestid' = ?", request);
    }

    private List<JsonNode> events(String where, String parameter) {
        var json = new JsonMapper();
        return payloads(where, parameter).stream().map(json::readTree).toList();
    }

    private List<String> payloads(String where, String parameter) {
        return here.stage()
                .database()
                .sql("SELECT payload FROM orchard.event_log WHERE " + where)
                .param(parameter)
                .query(String.class)
                .list();
    }
}
