package dev.orchard.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.FakeService;
import dev.orchard.gateway.RunningGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdministrationTest extends RunningGateway {
    private static final String GC = "/api/v1/admin/gc";
    private static final String CHECKS = "/api/v1/admin/fsck";

    @ParameterizedTest
    @ValueSource(strings = {GC, CHECKS})
    void handsRequestAndAnswerOnAsTheyAre(String target) {
        metadata.on("POST " + target, (call, exchange) -> {
            exchange.getResponseHeaders().set("Location", CHECKS + "/7");
            FakeService.reply(exchange, 202, "application/json", "{\"a\":  1}");
        });

        var answer = post(target, "application/json", "{\"dry_run\" : true}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"a\":  1}");
        assertThat(answer.headers().firstValue("Location")).hasValue(CHECKS + "/7");
        assertThat(metadata.calls("POST ").getFirst().text()).isEqualTo("{\"dry_run\" : true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {GC, CHECKS})
    void needsNoBody(String target) {
        metadata.on("POST " + target, 200, "{}");

        assertThat(send(request(target).POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(200);
        assertThat(post(target, "text/plain", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {GC, CHECKS})
    void takesNoBodyButJsonWithinItsBound(String target) {
        assertThat(post(target, "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(post(target, "application/json", "x".repeat((1 << 20) + 1)).statusCode())
                .isEqualTo(413);
        assertThat(metadata.calls("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {CHECKS + "?limit=2", CHECKS + "/7"})
    void asksForChecks(String target) {
        metadata.on("GET " + target, 200, "{\"a\": 1}");

        assertThat(get(target).body()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void cancelsACheck() {
        metadata.on("DELETE " + CHECKS + "/7", 204, "");

        assertThat(send(request(CHECKS + "/7").DELETE()).statusCode()).isEqualTo(204);
    }

    @Test
    void tellsThatACheckRuns() {
        metadata.refuse("POST " + CHECKS, 409, "fsck-running");

        var answer = post(CHECKS, "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(read(answer).path("type").asString()).isEqualTo("urn:orchard:problem:fsck-running");
    }

    private HttpResponse<String> post(String target, String type, String body) {
        return send(request(target).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }
}
