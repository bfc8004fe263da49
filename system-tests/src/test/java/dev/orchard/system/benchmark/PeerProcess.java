package dev.orchard.system.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Another store's process over a folder of its own, on a port of its own. */
final class PeerProcess implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Process process;

    private PeerProcess(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Its configuration and command line, from what is only known when it starts. */
    interface Recipe {
        List<String> command(Path folder, int port) throws IOException;
    }

    /** Where a program is installed, if it is. */
    static Optional<Path> find(String program) {
        return Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Started, and ready for connections. */
    static PeerProcess start(String name, Recipe recipe) throws IOException {
        Path folder = Files.createTempDirectory("orchard-benchmark-" + name);
        int port = freePort();
        Path log = folder.resolve("output");
        var process = new ProcessBuilder(recipe.command(folder, port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var peer = new PeerProcess(folder, port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> peer.isOpen(log));
        return peer;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    private boolean isOpen(Path log) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("ended at once: " + Files.readString(log));
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
