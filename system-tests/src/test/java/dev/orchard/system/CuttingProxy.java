package dev.orchard.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between clients and the gateway, counts what passes, and cuts connections after random numbers of bytes: in
 * the middle of what the client sends, or just before it would learn the answer.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final URI target;
    private final ServerSocket server;
    private final SplittableRandom random;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private int cutsLeft;
    private int cuts;
    private long longest;
    private long untilCut;

    private CuttingProxy(URI target, long seed) throws IOException {
        this.target = target;
        this.random = new SplittableRandom(seed);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    static CuttingProxy to(URI target, long seed) throws IOException {
        System.out.println("cuts by -Dorchard.seed=" + seed);
        return new CuttingProxy(target, seed);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on that many cuts, each after 1 to {@code longest} more bytes from clients. */
    synchronized void cut(int times, long longest) {
        this.longest = longest;
        cutsLeft = times;
        cuts = 0;
        untilCut = random.nextLong(1, longest);
        received.set(0);
        answered.set(0);
    }

    /** From now on no connection passes more than this, each way. */
    void slow(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    synchronized int cuts() {
        return cuts;
    }

    /** The bytes that clients sent since the last {@link #cut}, whether or not they were handed on. */
    long received() {
        return received.get();
    }

    /** The bytes that clients were answered since the last {@link #cut}. */
    long answered() {
        return answered.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var gateway = new Socket(target.getHost(), target.getPort())) {
            sockets.add(client);
            sockets.add(gateway);
            client.setTcpNoDelay(true);
            gateway.setTcpNoDelay(true);
            var connection = new Connection(client, gateway);
            Thread back = Thread.ofVirtual().start(connection::answer);
            connection.send();
            back.join();
        } catch (IOException e) {
            // the gateway is away: the client sees its connection closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.removeIf(Socket::isClosed);
        }
    }

    /** How many of these bytes may pass before a cut is due: all of them, mostly. */
    private synchronized int untilCut(int count) {
        if (cutsLeft == 0 || untilCut > count) {
            untilCut -= count;
            return count;
        }
        int passing = (int) untilCut - 1;
        cutsLeft--;
        cuts++;
        untilCut = random.nextLong(1, longest);
        return passing;
    }

    private synchronized boolean flip() {
        return random.nextBoolean();
    }

    private final class Connection {
        private final Socket client;
        private final Socket gateway;
        private volatile boolean answerIsCut;

        Connection(Socket client, Socket gateway) {
            this.client = client;
            this.gateway = gateway;
        }

        void send() {
            byte[] buffer = new byte[BUFFER];
            try (client;
                    gateway) {
                InputStream in = client.getInputStream();
                OutputStream out = gateway.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    received.addAndGet(count);
                    int passing = untilCut(count);
                    boolean due = passing < count;
                    if (due && flip()) {
                        answerIsCut = true;
                        passing = count;
                        due = false;
                    }
                    out.write(buffer, 0, passing);
                    if (due) {
                        end();
                    }
                    pace(count);
                }
            } catch (IOException e) {
                // cut, or one side ended
            }
        }

        void answer() {
            byte[] buffer = new byte[BUFFER];
            try (client;
                    gateway) {
                InputStream in = gateway.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (answerIsCut) {
                        end();
                    }
                    answered.addAndGet(count);
                    out.write(buffer, 0, count);
                    pace(count);
                }
            } catch (IOException e) {
                // cut, or one side ended
            }
        }

        /** Half of the cuts look like the end of a stream, half like a broken line. */
        private void end() throws IOException {
            if (flip()) {
                client.setSoLinger(true, 0);
                gateway.setSoLinger(true, 0);
            }
            client.close();
            gateway.close();
        }

        private void pace(int count) {
            if (bytesPerSecond < Long.MAX_VALUE) {
                LockSupport.parkNanos(Duration.ofSeconds(count).toNanos() / bytesPerSecond);
            }
        }
    }
}
