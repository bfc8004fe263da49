package dev.orchard.infrastructure.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Asks a process whether it does its work. */
@FunctionalInterface
public interface Probe {
    int TIMEOUT_MILLIS = 2_000;

    boolean isHealthy();

    /** Someone accepts connections on this port of the loopback address. */
    static Probe tcp(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
                return true;
            } catch (IOException e) {
                return false;
            }
        };
    }

    /** A GET is answered with 200. */
    static Probe http(URI uri) {
        return http(uri, body -> true);
    }

    /** A GET is answered with 200 and such a body. */
    static Probe http(URI uri, Predicate<String> expected) {
        return () -> {
            try {
                HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
                connection.setConnectTimeout(TIMEOUT_MILLIS);
                connection.setReadTimeout(TIMEOUT_MILLIS);
                try (InputStream body = connection.getInputStream()) {
                    return connection.getResponseCode() == HttpURLConnection.HTTP_OK
                            && expected.test(new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                return false;
            }
        };
    }

    /** Asks until the answer is yes, which is true, or until the time is over or there is no use in asking, false. */
    default boolean await(Duration bound, BooleanSupplier worthAsking) {
        long end = System.nanoTime() + bound.toNanos();
        while (worthAsking.getAsBoolean() && System.nanoTime() < end) {
            if (isHealthy()) {
                return true;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw Interruption.of(e);
            }
        }
        return false;
    }
}
