package dev.orchard.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.orchard.gateway.FakeService;
import dev.orchard.gateway.RunningGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

@Timeout(60)
@TestPropertySource(properties = {"orchard.service.connections=2", "server.tomcat.connection-timeout=1s"})
class StreamTest extends RunningGateway {
    private static final String EVENTS = "/api/v1/events";
    private static final String TRAIL = "/api/v1/audit/events";

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, TRAIL})
    void handsOnWhatComesBeforeMoreComes(String route) throws Exception {
        var read = new CountDownLatch(1);
        audit.on("GET " + route, (call, exchange) -> {
            begin(exchange);
            write(exchange, "id: 1\n");
            await(read);
            write(exchange, "id: 2\n");
        });

        try (var lines = lines(open(route))) {
            assertThat(lines.readLine()).isEqualTo("id: 1");
            read.countDown();
            assertThat(lines.readLine()).isEqualTo("id: 2");
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void asksWhatWasAskedAndHandsOnWhatIsMeantForTheClient() {
        audit.on("GET " + TRAIL, (call, exchange) -> {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"events.csv\"");
            exchange.getResponseHeaders().set("X-Secret", "inner");
            FakeService.reply(exchange, 200, "text/csv", "position\r\n");
        });

        var answer = get(TRAIL + "?type=a%2Bb&project=p", "Accept", "text/csv", "Last-Event-ID", "7");

        var call = audit.calls("GET").getFirst();
        assertThat(call.target()).isEqualTo(TRAIL + "?type=a%2Bb&project=p");
        assertThat(call.header("Accept")).isEqualTo("text/csv");
        assertThat(call.header("Last-Event-ID")).isEqualTo("7");
        assertThat(call.header("X-Orchard-Actor")).isEqualTo("admin");
        assertThat(answer.body()).isEqualTo("position\r\n");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv");
        assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"events.csv\"");
        assertThat(answer.headers().firstValue("X-Secret")).isEmpty();
    }

    @Test
    void handsRefusalsOn() {
        audit.on("GET " + EVENTS, (call, exchange) -> {
            exchange.getResponseHeaders().set("Retry-After", "10");
            FakeService.reply(exchange, 503, "application/problem+json", "{\"type\": \"urn:x\"}");
        });

        var answer = get(EVENTS);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, TRAIL})
    void letsOnlyThoseInWhoHoldTheToken(String route) {
        var answer = send(request(route).setHeader("Authorization", "Bearer other"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(audit.calls("")).isEmpty();
    }

    @Test
    void answersHeadWithoutWaitingForAStreamThatNeverEnds() {
        var ended = new CountDownLatch(1);
        endless(EVENTS, ": heartbeat\n\n", 50, ended);

        assertThat(send(request(EVENTS).HEAD()).statusCode()).isEqualTo(200);
        await(ended);
    }

    @Test
    void endsTheOtherSideWhereAClientLeaves() throws Exception {
        var ended = new CountDownLatch(1);
        endless(EVENTS, ": heartbeat\n\n", 50, ended);

        try (var lines = lines(open(EVENTS))) {
            assertThat(lines.readLine()).isEqualTo(": heartbeat");
        }

        await(ended);
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, TRAIL})
    void endsTheOtherSideWhereAClientTakesNothingIn(String route) {
        var ended = new CountDownLatch(1);
        endless(route, "data: " + "x".repeat(60_000) + "\n\n", 0, ended);

        try (var stuck = connect()) {
            stuck.send("GET " + route + " HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN + "\n\n");

            await(ended);
        }
    }

    @Test
    void leavesTheConnectionsOfOtherRoutesFree() throws Exception {
        var read = new CountDownLatch(1);
        audit.on("GET " + EVENTS, (call, exchange) -> {
            begin(exchange);
            write(exchange, "id: 1\n");
            await(read);
        });
        audit.on("GET /api/v1/audit/status", 200, "{}");
        audit.on("GET " + TRAIL, 200, "{}");

        try (var first = lines(open(EVENTS));
                var second = lines(open(EVENTS))) {
            first.readLine();
            second.readLine();

            assertThat(get("/api/v1/audit/status").statusCode()).isEqualTo(200);
            assertThat(get(TRAIL).statusCode()).isEqualTo(200);
            assertThat(get(EVENTS).statusCode()).isEqualTo(503);
        } finally {
            read.countDown();
        }
    }

    /** An answer that ends when the gateway ends it, with a text every so many milliseconds. */
    private static void endless(String route, String text, long pause, CountDownLatch ended) {
        audit.on("GET " + route, (call, exchange) -> {
            begin(exchange);
            try {
                do {
                    write(exchange, text);
                } while (!ended.await(pause, TimeUnit.MILLISECONDS));
            } catch (IOException e) {
                ended.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
        exchange.sendResponseHeaders(200, 0);
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<InputStream> open(String target) throws IOException, InterruptedException {
        return http.send(request(target).build(), BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }
}
