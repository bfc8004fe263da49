package dev.orchard.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Supervisor supervisor;

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void startsEachPartAfterThoseThatItNeedsAndStopsThemInLayers() throws Exception {
        StandIn database = StandIn.in(folder, "database");
        StandIn service = StandIn.in(folder, "service");
        supervise(BOUND, new Member(service, 1, database), new Member(database, 0));
        supervisor.start();
        supervisor.stop();
        assertThat(StandIn.diary(folder)).hasContent("database starts\nservice starts\nservice stops\ndatabase stops");
    }

    @Test
    void startsAPartThatWasKilledAgainAtTheSamePlaceAndSaysSo() throws Exception {
        StandIn service = StandIn.in(folder, "service");
        supervise(BOUND, new Member(service, 0));
        supervisor.start();
        long killed = pid("service");
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        await().atMost(BOUND)
                .until(() -> pid("service") != killed && service.probe().isHealthy());
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("service      died      exit code 137");
    }

    @Test
    void startsNothingAgainOnceItIsToldToStop() throws Exception {
        StandIn service = StandIn.in(folder, "service");
        supervise(BOUND, new Member(service, 0));
        supervisor.start();
        long pid = pid("service");
        supervisor.stop();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folder.resolve("state.json")).doesNotExist();
        assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("died");
    }

    @Test
    void givesUpAndNamesTheLogWhenAPartDoesNotBecomeHealthy() throws Exception {
        StandIn broken = new StandIn("broken", -1, folder);
        supervise(Duration.ofSeconds(2), new Member(broken, 0));
        assertThatThrownBy(supervisor::start)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("broken does not become healthy")
                .hasMessageContaining(folder.resolve("broken.log").toString());
    }

    private void supervise(Duration start, Member... members) {
        Console console = new Console(new PrintStream(output, true, StandardCharsets.UTF_8));
        Keeper.Patience patience = new Keeper.Patience(start, BOUND, Duration.ofMillis(100), Duration.ofSeconds(1));
        supervisor = new Supervisor(List.of(members), console, new StateFile(folder.resolve("state.json")), patience);
    }

    private long pid(String name) throws IOException {
        var found = Pattern.compile("\"" + name + "\": \\{\"pid\": (\\d+)")
                .matcher(Files.readString(folder.resolve("state.json")));
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
