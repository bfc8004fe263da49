package dev.orchard.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Orchard that {@code ./orchard up} runs, with all of its seven processes, in a data directory of its own. */
public final class RunningOrchard implements Orchard, AutoCloseable {
    public static final List<String> PROCESSES =
            List.of("postgresql", "kafka", "connect", "storage", "metadata", "audit", "gateway");

    static final Path HOME = Path.of(System.getProperty("orchard.home", "..")).toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(180);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final int port;
    private final Map<String, String> environment;
    private final List<String> options;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private Process process;

    private RunningOrchard(Path data, int port, Map<String, String> environment, List<String> options)
            throws IOException {
        this.data = data;
        this.port = port;
        this.environment = environment;
        this.options = options;
        this.process = start();
    }

    /** The one that tests share which neither stop nor break it; it ends with this JVM. */
    static RunningOrchard shared() {
        return Shared.ORCHARD;
    }

    /** A new one, ready, with these further options of {@code ./orchard up}. */
    public static RunningOrchard create(String... options) throws IOException {
        return create(Map.of(), options);
    }

    /** A new one, ready, whose services find these settings in their environment. */
    static RunningOrchard create(Map<String, String> environment, String... options) throws IOException {
        return over(Files.createTempDirectory("orchard-system-test"), environment, options);
    }

    /** One over a data directory that is there already, ready; closing it deletes the directory. */
    static RunningOrchard over(Path data) throws IOException {
        return over(data, Map.of());
    }

    private static RunningOrchard over(Path data, Map<String, String> environment, String... options)
            throws IOException {
        try (var socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();
            socket.close();
            var orchard = new RunningOrchard(data, port, environment, List.of(options));
            orchard.awaitReady();
            return orchard;
        }
    }

    private static final class Shared {
        private static final RunningOrchard ORCHARD = open();

        private static RunningOrchard open() {
            try {
                var orchard = create();
                Runtime.getRuntime().addShutdownHook(new Thread(orchard::close));
                return orchard;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public OrchardClient client() {
        return new OrchardClient(url(), token());
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path data() {
        return data;
    }

    Process launcher() {
        return process;
    }

    public String token() {
        return read(data.resolve("admin-token"));
    }

    public long pid(String name) {
        return state().path("processes").path(name).path("pid").asLong();
    }

    int port(String name) {
        return state().path("processes").path(name).path("port").asInt();
    }

    @Override
    public Connection database(String name) throws SQLException {
        int databasePort = port("postgresql");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort + "/" + name,
                "postgres",
                read(data.resolve("secrets/postgres")));
    }

    void kill(String name) {
        ProcessHandle.of(pid(name)).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Starts it again over the same data and waits until it is ready. */
    void startAgain() throws IOException {
        process = start();
        awaitReady();
    }

    /** The lines that the launcher has written and nobody has read yet. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        output.drainTo(lines);
        return lines;
    }

    /** Ctrl-C, and until everything is stopped. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("orchard did not stop in 90 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        stop();
        try (var files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() throws IOException {
        output.clear();
        var command = new ProcessBuilder(
                        HOME.resolve("orchard").toString(),
                        "up",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true);
        command.command().addAll(options);
        command.environment().put("ORCHARD_BUILT", "true");
        command.environment().putAll(environment);
        Process started = command.start();
        // Not a virtual one: the read of a pipe can keep its carrier, and two of them all there are on two cores.
        Thread.ofPlatform().daemon().start(() -> read(started.inputReader()));
        return started;
    }

    private void read(BufferedReader lines) {
        lines.lines().forEach(line -> {
            System.out.println("| " + line);
            output.add(line);
        });
    }

    private void awaitReady() {
        long end = System.nanoTime() + START.toNanos();
        try {
            while (System.nanoTime() < end) {
                String line = output.poll(1, TimeUnit.SECONDS);
                if (line != null && line.startsWith("ready: ")) {
                    return;
                }
                if (line == null && !process.isAlive()) {
                    throw new IllegalStateException("orchard ended with " + process.exitValue());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException("orchard was not ready after " + START);
    }

    private JsonNode state() {
        return JSON.readTree(read(data.resolve("run/state.json")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
