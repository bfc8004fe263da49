package dev.orchard.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.RunningGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest extends RunningGateway {
    private static final String READINESS = "GET /actuator/health/readiness";

    @BeforeEach
    void allAreReady() {
        metadata.on(READINESS, 200, "{}");
        storage.on(READINESS, 200, "{}");
        audit.on(READINESS, 200, "{}");
    }

    @Test
    void tellsAnyoneThatAllIsWell() {
        var answer = ask("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"up\",\"dependencies\":"
                        + "{\"metadata\":\"up\",\"storage\":\"up\",\"audit\":\"up\"}}");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(ask("/api/v1/health").statusCode()).isEqualTo(200);
    }

    @Test
    void namesWhatIsNotReadyAndWhatIsAway() {
        storage.on(READINESS, 503, "{}");
        audit.on(READINESS, (call, exchange) -> exchange.close());

        var answer = ask("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(read(answer).path("status").asString()).isEqualTo("down");
        assertThat(read(answer).path("dependencies").toString())
                .isEqualTo("{\"metadata\":\"up\",\"storage\":\"down\",\"audit\":\"down\"}");
    }

    @Test
    void doesNotWaitForAServiceThatHangs() {
        var end = new CountDownLatch(1);
        metadata.on(READINESS, (call, exchange) -> awaitUninterruptibly(end));

        var answer = ask("/health");
        end.countDown();

        assertThat(read(answer).path("dependencies").path("metadata").asString())
                .isEqualTo("down");
    }

    @Test
    void givesNumbersToWhoHoldsTheToken() {
        metadata.refuse("POST /internal/uploads", 404, "project-not-found");
        send(request("/api/v1/project/p/packages/k/upload").POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(get("/actuator/prometheus").body())
                .contains("orchard_download_bytes_total", "orchard_uploads_seconds_count{outcome=\"refused\"");
    }

    private HttpResponse<String> ask(String target) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target)));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
