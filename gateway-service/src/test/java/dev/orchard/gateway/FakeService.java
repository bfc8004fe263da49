package dev.orchard.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Another service of an Orchard as the gateway meets it (docs/services.md): a real socket, scripted answers. */
public final class FakeService {
    private final HttpServer server;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** A request as it arrived; a body that broke off is null. */
    public record Call(String method, String target, Map<String, List<String>> headers, byte[] body) {
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Answers one kind of request. */
    public interface Script {
        void answer(Call call, HttpExchange exchange) throws IOException;
    }

    public FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param route method and raw path, as in {@code GET /api/v1/projects}; the longest that fits the start wins */
    public void on(String route, Script script) {
        scripts.put(route, script);
    }

    public void on(String route, int status, String json) {
        on(route, (call, exchange) -> reply(exchange, status, "application/json", json));
    }

    public void refuse(String route, int status, String type) {
        on(route, (call, exchange) -> reply(exchange, status, "application/problem+json", """
                {"type": "urn:orchard:problem:%s", "title": "t", "status": %d, "detail": "from behind"}""".formatted(type, status)));
    }

    public List<Call> calls(String start) {
        return calls.stream()
                .filter(call -> (call.method() + " " + call.target()).startsWith(start))
                .toList();
    }

    public void forget() {
        scripts.clear();
        calls.clear();
    }

    public static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        byte[] body = null;
        try {
            body = exchange.getRequestBody().readAllBytes();
        } catch (IOException cut) {
            // recorded as a call without a body
        }
        var call = new Call(exchange.getRequestMethod(), target, Map.copyOf(exchange.getRequestHeaders()), body);
        calls.add(call);
        try (exchange) {
            if (body != null) {
                script(call.method() + " " + target).answer(call, exchange);
            }
        }
    }

    private Script script(String request) {
        return scripts.keySet().stream()
                .filter(request::startsWith)
                .max((a, b) -> a.length() - b.length())
                .map(scripts::get)
                .orElse((call, exchange) -> reply(exchange, 500, "text/plain", "no script for " + request));
    }
}
