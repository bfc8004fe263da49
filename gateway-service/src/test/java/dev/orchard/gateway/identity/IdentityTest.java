package dev.orchard.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.RunningGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest extends RunningGateway {
    @BeforeEach
    void someProjects() {
        metadata.on("GET /api/v1/projects", 200, "{}");
    }

    @Test
    void letsTheBearerOfTheTokenIn() {
        assertThat(as("Bearer " + TOKEN, "/api/v1/projects").statusCode()).isEqualTo(200);
        assertThat(as("bearer   " + TOKEN, "/api/v1/projects").statusCode()).isEqualTo(200);
    }

    @Test
    void letsTheTokenInAsThePasswordOfAnyUser() {
        assertThat(as(basic("someone:" + TOKEN), "/api/v1/projects").statusCode())
                .isEqualTo(200);
        assertThat(as(basic(":" + TOKEN), "/api/v1/projects").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer wrong",
                "Bearer " + SERVICE_TOKEN,
                TOKEN,
                "Digest " + TOKEN,
                "Basic",
                "Basic !!!",
                "Basic bm9jb2xvbg==",
                "Basic dXNlcjp3cm9uZw=="
            })
    void refusesEverythingElseWithTheVerySameAnswer(String authorization) {
        var without = as("", "/api/v1/projects");

        var answer = as(authorization, "/api/v1/projects");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo(without.body());
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"orchard\"", "Basic realm=\"orchard\", charset=\"UTF-8\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("same");
        assertThat(metadata.calls("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nowhere", "/api/docs", "/api/v1/openapi.json", "/actuator/prometheus", "/error"})
    void asksForTheTokenEverywhere(String target) {
        assertThat(as("", target).statusCode()).isEqualTo(401);
    }

    @Test
    void letsWhoHoldsTheServiceTokenGatherNumbersAndNothingElse() {
        assertThat(as("Bearer " + SERVICE_TOKEN, "/actuator/prometheus").statusCode())
                .isEqualTo(200);
        assertThat(as("Bearer wrong", "/actuator/prometheus").statusCode()).isEqualTo(401);
        assertThat(as("Bearer " + SERVICE_TOKEN, "/actuator/prometheus/").statusCode())
                .isEqualTo(401);
        assertThat(as("Bearer " + SERVICE_TOKEN, "/api/v1/projects").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void letsAnyoneAskWhetherItLives(String target) {
        assertThat(as("", target).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsTheServicesBehindWhoActsAndWhy() {
        send(request("/api/v1/projects").header("X-Request-Id", "my-id").header("X-Orchard-Reason", "50% off & more"));

        var call = metadata.calls("GET").getFirst();
        assertThat(call.header("Authorization")).isEqualTo("Bearer " + SERVICE_TOKEN);
        assertThat(call.header("X-Orchard-Actor")).isEqualTo("admin");
        assertThat(call.header("X-Request-Id")).isEqualTo("my-id");
        assertThat(call.header("X-Orchard-Client-Address")).isEqualTo("127.0.0.1");
        assertThat(call.header("X-Orchard-Reason")).isEqualTo("50%25+off+%26+more");
    }

    @Test
    void makesARequestIdWhereTheClientsIsNotWellFormed() {
        var answer = get("/api/v1/projects", "X-Request-Id", "no spaces please");

        assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f-]{36}");
    }

    @Test
    void boundsTheReasonAndReadsItAsUtf8() {
        String sent = new String("é".repeat(600).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(Reason.of(sent)).isEqualTo("é".repeat(500));
        assertThat(Reason.of(" \t ")).isNull();
        assertThat(Reason.of(null)).isNull();
    }

    private HttpResponse<String> as(String authorization, String target) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("X-Request-Id", "same");
        return send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
