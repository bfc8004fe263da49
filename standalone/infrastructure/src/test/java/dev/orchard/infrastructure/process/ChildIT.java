package dev.orchard.infrastructure.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChildIT {
    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Program.Kind.class)
    void doesNotOutliveAParentThatIsKilled(Program.Kind kind) throws Exception {
        Process mother = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Mother.class.getName(),
                        kind.name(),
                        folder.resolve("log").toString())
                .start();
        try (BufferedReader output = mother.inputReader()) {
            long child = Long.parseLong(output.readLine());
            awaitProgram(child, "sleep");
            mother.destroyForcibly();
            await().atMost(BOUND).until(() -> ProcessHandle.of(child).isEmpty());
        }
    }

    @Test
    void hasASessionOfItsOwnSoThatTheTerminalDoesNotReachIt() throws Exception {
        Child child = spawn("sleep", "600");
        awaitProgram(child.pid(), "sleep");
        String[] status =
                Files.readString(Path.of("/proc/" + child.pid() + "/stat")).split(" ");
        child.kill();
        assertThat(status[5]).as("session").isEqualTo(Long.toString(child.pid()));
    }

    @Test
    void isKilledWhenItDoesNotStopInTime() throws Exception {
        Child deaf = spawn("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done");
        await().atMost(BOUND)
                .until(() -> Files.readString(folder.resolve("log")).contains("deaf"));
        assertThat(deaf.stop(Duration.ofMillis(200))).isEqualTo(128 + 9);
    }

    @Test
    void writesBothOutputsToItsLogAndReadsItsEnvironment() throws Exception {
        assertThat(spawn("sh", "-c", "echo $GREETING; echo error >&2; exit 3").exitCode())
                .isEqualTo(3);
        assertThat(folder.resolve("log")).hasContent("hello\nerror");
    }

    private Child spawn(String... command) throws IOException {
        return Child.spawn(new Program(
                "child", Program.Kind.JVM, List.of(command), Map.of("GREETING", "hello"), folder.resolve("log")));
    }

    /** Before it is itself, a child is one of the small programs that prepare it. */
    private static void awaitProgram(long pid, String name) {
        await().atMost(BOUND)
                .until(() -> Files.readString(Path.of("/proc/" + pid + "/comm"))
                        .strip()
                        .equals(name));
    }
}
