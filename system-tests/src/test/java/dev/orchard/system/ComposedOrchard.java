package dev.orchard.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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
import java.util.UUID;

/** An Orchard that docker-compose.yml runs, under a name and with secrets and volumes of its own. */
final class ComposedOrchard implements Orchard, AutoCloseable {
    static final List<String> SERVICES =
            List.of("postgresql", "kafka", "connect", "s3", "storage", "metadata", "audit", "gateway");

    private static final Path HOME = RunningOrchard.HOME;
    private static final Path SCRIPTS = HOME.resolve("system-tests/containers");
    private static final Duration START = Duration.ofMinutes(10);
    private static final int NONE_HERE = 77;

    private final String project =
            "orchard-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path folder;
    private final int port;
    private final int databasePort;

    private ComposedOrchard() throws IOException {
        folder = Files.createTempDirectory("orchard-containers");
        port = freePort();
        databasePort = freePort();
        Files.writeString(folder.resolve("override.yml"), """
                services:
                  postgresql:
                    ports: ["127.0.0.1:%d:5432"]
                """.formatted(databasePort));
    }

    /** Skips the test, and says why, where containers were not asked for or cannot be had. */
    static void assumePossible() {
        assumeTrue(
                Boolean.getBoolean("orchard.containers"),
                "containers are not asked for: the Maven profile `containers` does, or ORCHARD_CONTAINERS=true");
        Run ready = run(Map.of(), List.of(SCRIPTS.resolve("ready").toString()));
        assumeTrue(ready.code() != NONE_HERE, ready.output());
        ready.expectSuccess();
    }

    /** Builds the images from these sources, and returns when all is healthy. */
    static ComposedOrchard create() throws IOException {
        var orchard = new ComposedOrchard();
        try {
            run(
                            Map.of(),
                            List.of(
                                    HOME.resolve("service-support/container/make-secrets")
                                            .toString(),
                                    orchard.secrets().toString()))
                    .expectSuccess();
            orchard.compose("up", "-d", "--wait", "--build");
        } catch (AssertionError e) {
            System.out.println(orchard.tryCompose("logs", "--no-color", "--tail=40"));
            orchard.close();
            throw e;
        }
        return orchard;
    }

    @Override
    public OrchardClient client() {
        return new OrchardClient(URI.create("http://127.0.0.1:" + port), secret("admin-token"));
    }

    @Override
    public Connection database(String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort + "/" + name, "postgres", secret("postgres"));
    }

    /** kill -9 to its first process, from outside: for the engine it is a crash, and its restart policy holds. */
    void crash(String service) {
        ProcessHandle.of(Long.parseLong(inspect(service, "{{.State.Pid}}")))
                .orElseThrow(() -> new AssertionError("the engine's processes are not ours to kill"))
                .destroyForcibly();
    }

    void pause(String service) {
        docker("pause", container(service));
    }

    void unpause(String service) {
        docker("unpause", container(service));
    }

    void disconnect(String service) {
        docker("network", "disconnect", project + "_default", container(service));
    }

    void connect(String service) {
        docker("network", "connect", "--alias", service, project + "_default", container(service));
    }

    void awaitHealthy(String service, Duration bound) {
        await(service + " is healthy")
                .atMost(bound)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> inspect(service, "{{.State.Running}} {{.State.Health.Status}}")
                        .equals("true healthy"));
    }

    /** What the containers wrote last, for whoever looks for the cause of a failure. */
    String logs() {
        return tryCompose("logs", "--no-color", "--tail=60");
    }

    @Override
    public void close() {
        tryCompose("down", "-v", "--timeout", "10");
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String inspect(String service, String format) {
        return docker("inspect", "-f", format, container(service));
    }

    private String container(String service) {
        return project + "-" + service + "-1";
    }

    private String docker(String... arguments) {
        return run(environment(), command(arguments)).expectSuccess();
    }

    private String compose(String... arguments) {
        return run(environment(), composeCommand(arguments)).expectSuccess();
    }

    private String tryCompose(String... arguments) {
        return run(environment(), composeCommand(arguments)).output();
    }

    private List<String> composeCommand(String... arguments) {
        var command = new ArrayList<>(command(
                "compose",
                "-p",
                project,
                "-f",
                HOME.resolve("docker-compose.yml").toString(),
                "-f",
                folder.resolve("override.yml").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> command(String... arguments) {
        var command = new ArrayList<String>();
        command.add(SCRIPTS.resolve("docker").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> environment() {
        return Map.of(
                "ORCHARD_PORT",
                Integer.toString(port),
                "ORCHARD_SECRETS",
                secrets().toString());
    }

    private Path secrets() {
        return folder.resolve("secrets");
    }

    private String secret(String name) {
        try {
            return Files.readString(secrets().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Run(List<String> command, int code, String output) {
        String expectSuccess() {
            if (code != 0) {
                throw new AssertionError(command + " ended with " + code + ": " + output);
            }
            return output;
        }
    }

    private static Run run(Map<String, String> environment, List<String> command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            Thread.ofPlatform().daemon().start(() -> {
                if (!waitFor(process)) {
                    process.destroyForcibly();
                }
            });
            String output = new String(process.getInputStream().readAllBytes()).strip();
            return new Run(command, process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean waitFor(Process process) {
        try {
            return process.waitFor(START);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
