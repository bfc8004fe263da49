package dev.orchard.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Spreads connections over replicas, one after the other; one that accepts none is passed over. */
final class Balancer implements AutoCloseable {
    private final List<Integer> ports;
    private final ServerSocket server;
    private final AtomicInteger next = new AtomicInteger();

    private Balancer(List<Integer> ports) throws IOException {
        this.ports = List.copyOf(ports);
        this.server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    static Balancer over(List<Integer> ports) throws IOException {
        return new Balancer(ports);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (SocketException e) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket replica = connect()) {
            var answers = Thread.ofVirtual().start(() -> pass(replica, client));
            pass(client, replica);
            answers.join();
        } catch (IOException e) {
            // nobody accepts, or the client is gone: it sees a connection that ends
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connect() throws IOException {
        int first = next.getAndIncrement();
        IOException refused = new IOException("no replica");
        for (int i = 0; i < ports.size(); i++) {
            int port = ports.get(Math.floorMod(first + i, ports.size()));
            Socket replica = new Socket();
            try {
                replica.setTcpNoDelay(true);
                replica.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return replica;
            } catch (IOException e) {
                replica.close();
                refused = e;
            }
        }
        throw refused;
    }

    /** Until the source has no more to send; the target is told. */
    private static void pass(Socket source, Socket target) {
        try {
            InputStream in = source.getInputStream();
            OutputStream out = target.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            target.shutdownOutput();
        } catch (IOException e) {
            closeBoth(source, target);
        }
    }

    private static void closeBoth(Socket one, Socket other) {
        try (one;
                other) {
            // both ends learn that the connection broke
        } catch (IOException e) {
            // it did
        }
    }
}
