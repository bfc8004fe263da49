package dev.orchard.metadata;

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
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Stands for the storage service: knows how long blobs are, makes ready for parts, and deletes what it is asked to. */
public final class StorageStandIn implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();
    private volatile ToIntFunction<String> answer = key -> 204;
    private volatile String listed = "";
    private volatile Function<String, @Nullable Long> usualSize = key -> null;

    public StorageStandIn(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public static String delete(String storageKey) {
        return "DELETE " + storageKey;
    }

    /** What was asked for so far, as method and key. */
    public List<String> asked() {
        return asked;
    }

    public void answer(ToIntFunction<String> status) {
        answer = status;
    }

    /** How long the blobs are that the test says nothing of; null: they are not there. */
    void holds(Function<String, @Nullable Long> size) {
        usualSize = size;
    }

    /** That the blob under a key is so long; -1: it is not there. */
    public void breaks(String storageKey, long size) {
        sizes.put(storageKey, size);
    }

    /** What the store lists: keys without their prefix, sizes and times as JSON has them. */
    public void lists(String items) {
        listed = items;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().substring(1);
        String request = exchange.getRequestMethod() + " " + key;
        asked.add(request);
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> answerSize(exchange, key);
            case "GET" -> answer(exchange, 200, "{\"items\": [" + listed + "], \"next\": null}");
            case "POST" -> answer(exchange, 201, "{\"handle\": \"h-1\"}");
            default -> exchange.sendResponseHeaders(answer.applyAsInt(request), -1);
        }
        exchange.close();
    }

    private void answerSize(HttpExchange exchange, String key) throws IOException {
        Long size = sizes.containsKey(key) ? sizes.get(key) : usualSize.apply(key);
        if (size == null || size < 0) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.getResponseHeaders().set("Content-Length", size.toString());
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
