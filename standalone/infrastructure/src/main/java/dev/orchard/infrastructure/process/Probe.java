package dev.orchard.infrastructure.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;

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
        return () -> {
            try {
                HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
                connection.setConnectTimeout(TIMEOUT_MILLIS);
                connection.setReadTimeout(TIMEOUT_MILLIS);
                try {
                    return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
                } finally {
                    connection.disconnect();
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
