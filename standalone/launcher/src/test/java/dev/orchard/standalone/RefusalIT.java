package dev.orchard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be started is refused with one line and exit code 1, before anything was started. */
class RefusalIT {
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @TempDir
    Path said;

    private record Result(int exitCode, String output, String error) {}

    @Test
    void refusesAPortThatIsInUse() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(socket.getLocalPort());
            assertRefused(
                    run("up", "--data", folder.toString(), "--port", port),
                    "orchard: port " + port + " of 127.0.0.1 is in use, choose another with --port");
        }
    }

    @Test
    void refusesADirectoryThatAnotherOrchardUses() throws Exception {
        try (var data = DataDirectory.open(folder)) {
            assertRefused(
                    run("up", "--data", folder.toString()),
                    "orchard: another Orchard already runs on the data directory " + folder);
            assertThat(data.path("logs")).doesNotExist();
        }
    }

    @Test
    void refusesADirectoryThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Result result = run("up", "--data", file.resolve("data").toString());
        assertRefused(
                result, "orchard: the data directory " + file.resolve("data") + " cannot be written: Not a directory");
    }

    @Test
    void saysItsVersion() throws Exception {
        Result result = run("version");
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).startsWith("orchard 0.");
    }

    private static void assertRefused(Result result, String line) {
        assertThat(result.error().strip()).isEqualTo(line);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).isEmpty();
    }

    private Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Standalone.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM would announce it on the error output
        Path output = Files.createTempFile(said, "output", "");
        Path error = Files.createTempFile(said, "error", "");
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(error.toFile())
                .start();
        if (!process.waitFor(BOUND)) {
            process.destroyForcibly();
        }
        return new Result(process.waitFor(), Files.readString(output), Files.readString(error));
    }
}
