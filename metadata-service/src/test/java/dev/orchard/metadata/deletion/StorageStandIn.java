package dev.orchard.metadata.deletion;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** Stands for the storage service: takes {@code DELETE /blobs/UUID} and answers what the test says. */
final class StorageStandIn implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<String> answer = key -> 204;

    StorageStandIn(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String key = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath().substring(1);
            asked.add(key);
            exchange.sendResponseHeaders(answer.applyAsInt(key), -1);
            exchange.close();
        });
        server.start();
    }

    static String delete(String storageKey) {
        return "DELETE " + storageKey;
    }

    /** What was asked for so far, as method and key. */
    List<String> asked() {
        return asked;
    }

    void answer(ToIntFunction<String> status) {
        answer = status;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
