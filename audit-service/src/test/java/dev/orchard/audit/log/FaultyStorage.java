package dev.orchard.audit.log;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the real storage service, and lets a number of writes through before it fails. */
final class FaultyStorage implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final HttpServer server;
    private final String storage;
    private volatile boolean losesAnswers;

    FaultyStorage(String storage) throws IOException {
        this.storage = storage;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * From then on nothing is written.
     *
     * @param losesAnswers whether the write that comes then is done all the same, and only its answer is lost
     */
    void failAfterWrites(int writes, boolean losesAnswers) {
        this.losesAnswers = losesAnswers;
        writesLeft.set(writes);
    }

    void work() {
        writesLeft.set(Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        boolean write = exchange.getRequestMethod().equals("PUT");
        byte[] body = exchange.getRequestBody().readAllBytes();
        int left = write ? writesLeft.getAndDecrement() : Integer.MAX_VALUE;
        if (left < 0 || left == 0 && !losesAnswers) {
            exchange.close();
            return;
        }
        try (exchange) {
            var answer = http.send(request(exchange, body), BodyHandlers.ofByteArray());
            if (left > 0) {
                exchange.sendResponseHeaders(
                        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        return HttpRequest.newBuilder(URI.create(storage + exchange.getRequestURI()))
                .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                .build();
    }
}
