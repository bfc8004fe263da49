package dev.orchard.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.gateway.FakeService;
import dev.orchard.gateway.RunningGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTest extends RunningGateway {
    private static final String TAG = "/api/v1/project/p/packages/k/tags/t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/projects?q=a%20b&limit=2&cursor=x%2By",
                "/api/v1/project/p",
                "/api/v1/project/p/packages",
                "/api/v1/project/p/packages/k",
                "/api/v1/project/p/packages/k/tags",
                "/api/v1/project/p/packages/k/tags/1.0+build.1",
                "/api/v1/project/p/packages/k/tags/%41%C3%A9%20x",
                "/api/v1/project/p/packages/k/tags/t/history",
                "/api/v1/project/p/packages/k/artifacts",
                "/api/v1/artifacts/abc",
                "/api/v1/search?q=%2F%25&x=%C3%A9&q=;..",
                "/api/v1/stats",
                "/api/v1/project/p/stats"
            })
    void asksTheMetadataServiceExactlyWhatWasAsked(String target) {
        metadata.on("GET " + target, 200, "{\"a\": 1}");

        var answer = get(target);

        assertThat(answer.body()).isEqualTo("{\"a\": 1}");
        assertThat(metadata.calls("GET")).singleElement().extracting("target").isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/audit/events/e-1",
                "/api/v1/audit/events/e-1/proof",
                "/api/v1/audit/log/key",
                "/api/v1/audit/log/checkpoint",
                "/api/v1/audit/log/checkpoints/7",
                "/api/v1/audit/log/tile/0/x001/234.p/5",
                "/api/v1/audit/log/tile/entries/000",
                "/api/v1/audit/status"
            })
    void asksTheAuditServiceAboutTheTrail(String target) {
        audit.on("GET " + target, 200, "{}");

        assertThat(get(target).statusCode()).isEqualTo(200);
    }

    @Test
    void streamsATileWithItsHeaders() {
        byte[] bundle = new byte[16 << 20];
        new Random().nextBytes(bundle);
        audit.on("GET /api/v1/audit/log/tile/entries/000", (call, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.getResponseHeaders().set("Cache-Control", "immutable");
            exchange.sendResponseHeaders(200, bundle.length);
            exchange.getResponseBody().write(bundle);
        });

        var answer = receive(request("/api/v1/audit/log/tile/entries/000"));

        assertThat(answer.body()).isEqualTo(bundle);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("immutable");
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("16777216");
    }

    @Test
    void cutsATileThatBreaksOff() {
        audit.on("GET /api/v1/audit/log/tile/entries/001", (call, exchange) -> {
            exchange.sendResponseHeaders(200, 1 << 20);
            exchange.getResponseBody().write(new byte[1 << 19]);
            exchange.getResponseBody().flush();
        });

        assertThatThrownBy(() -> receive(request("/api/v1/audit/log/tile/entries/001")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void handsOnThatATileIsNotThere() {
        audit.refuse("GET /api/v1/audit/log/tile/0/999", 404, "log-piece-not-found");

        var answer = get("/api/v1/audit/log/tile/0/999");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void handsConditionsAndBodyOn() {
        metadata.on("PUT " + TAG, (call, exchange) -> {
            exchange.getResponseHeaders().set("ETag", "\"abc\"");
            exchange.getResponseHeaders().set("Location", TAG);
            exchange.getResponseHeaders().set("X-Secret", "inner");
            FakeService.reply(exchange, 201, "application/json", "{\"name\": \"t\"}");
        });

        var answer = send(request(TAG)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"old\"")
                .header("If-None-Match", "*")
                .PUT(BodyPublishers.ofString("{\"artifact_id\" :  \"é\"}")));

        var call = metadata.calls("PUT").getFirst();
        assertThat(call.text()).isEqualTo("{\"artifact_id\" :  \"é\"}");
        assertThat(call.header("If-Match")).isEqualTo("\"old\"");
        assertThat(call.header("If-None-Match")).isEqualTo("*");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"abc\"");
        assertThat(answer.headers().firstValue("Location")).hasValue(TAG);
        assertThat(answer.headers().firstValue("X-Secret")).isEmpty();
        assertThat(answer.body()).isEqualTo("{\"name\": \"t\"}");
    }

    @Test
    void handsProblemsAndEmptyAnswersOn() {
        metadata.refuse("GET " + TAG, 404, "tag-not-found");
        metadata.on("DELETE " + TAG, 204, "");

        var missing = get(TAG);
        var deleted = send(request(TAG).DELETE());

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(read(missing).path("type").asString()).isEqualTo("urn:orchard:problem:tag-not-found");
        assertThat(deleted.statusCode()).isEqualTo(204);
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        metadata.on("GET /api/v1/stats", 200, "{\"a\": 1}");

        var answer = send(request("/api/v1/stats").HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("8");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void knowsNoRouteThatIsNotListed() {
        var answer = get("/api/v1/internal/uploads");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(read(answer).path("type").asString()).isEqualTo("urn:orchard:problem:route-not-found");
        assertThat(get("/internal/content").statusCode()).isEqualTo(404);
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void namesTheMethodsThatAnAddressTakes() {
        var answer = send(request(TAG).POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD, PUT");
    }

    @Test
    void takesJsonOnly() {
        var text = send(
                request("/api/v1/projects").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")));
        var nothing = send(request("/api/v1/projects").POST(BodyPublishers.noBody()));

        assertThat(text.statusCode()).isEqualTo(415);
        assertThat(nothing.statusCode()).isEqualTo(415);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        var large = BodyPublishers.ofString(" ".repeat((1 << 20) + 1));
        var known = send(request("/api/v1/projects")
                .header("Content-Type", "application/json")
                .POST(large));
        var unknown = send(request("/api/v1/projects")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(large)));

        assertThat(known.statusCode()).isEqualTo(413);
        assertThat(unknown.statusCode()).isEqualTo(413);
        assertThat(read(known).path("type").asString()).isEqualTo("urn:orchard:problem:content-too-large");
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void answersOurOwnFaultWhereAServiceDoesNotKnowTheGateway() {
        metadata.refuse("GET /api/v1/stats", 401, "unauthenticated");

        var answer = get("/api/v1/stats");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(read(answer).path("request_id").asString())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void saysWhenToComeBackWhereAServiceIsAway() {
        metadata.on("GET /api/v1/stats", (call, exchange) -> exchange.close());

        var answer = get("/api/v1/stats");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(read(answer).path("type").asString()).isEqualTo("urn:orchard:problem:service-unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/project/..",
                "/api/v1/project/p/../../internal",
                "/api/v1/project/%2e%2E/packages",
                "/api/v1/project/.",
                "/api/v1/project/a%2Fb",
                "/api/v1/project/a%5cb",
                "/api/v1/project/a%00",
                "/api/v1/project/a;v=1",
                "/api/v1//project/a",
                "//api/v1/stats",
                "/api/v1/project/%zz",
                "/api/v1/search?q=%zz",
                "/api/v1/search?q=a|b"
            })
    void refusesAnAddressThatCanBeReadInTwoWays(String target) {
        try (var connection = connect()) {
            connection.send(
                    "GET " + target + " HTTP/1.1\nHost: x\nConnection: close\nAuthorization: Bearer " + TOKEN + "\n\n");

            assertThat(connection.readAll()).startsWith("HTTP/1.1 400");
        }
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void refusesWithAProblemWhatTomcatItselfCannotRead() {
        try (var connection = connect()) {
            connection.send("GET /api/v1/project/%zz HTTP/1.1\nHost: x\nConnection: close\nX-Request-Id: mine\n\n");

            assertThat(connection.readAll())
                    .contains(
                            "application/problem+json", "X-Request-Id: mine", "urn:orchard:problem:malformed-request");
        }
    }

    private static HttpResponse<byte[]> receive(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
