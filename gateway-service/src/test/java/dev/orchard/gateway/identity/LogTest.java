package dev.orchard.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.orchard.gateway.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** The log as people read it; as containers write it, the storage service's tests show. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
        properties = {
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces",
            "management.opentelemetry.tracing.export.schedule-delay=10m"
        })
class LogTest extends RunningGateway {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void namesTheRequestAndItsTraceInEachLineOfARequest(CapturedOutput output) {
        metadata.on("GET /api/v1/projects", (call, exchange) -> breakOff(exchange));

        var answer =
                get("/api/v1/projects", "X-Request-Id", "my-id", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(output.getOut().lines().filter(line -> line.contains("cannot be reached")))
                .isNotEmpty()
                .allMatch(line -> line.contains("[my-id " + TRACE + "] "));
    }

    private static void breakOff(HttpExchange exchange) {
        exchange.close();
    }
}
