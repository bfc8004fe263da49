package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ./orchard verify} over a running Orchard's log, by address and by folder, as an auditor would use it. */
class VerifyIT {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();
    private Path folder;

    private record Result(int exit, String output) {}

    @BeforeEach
    void changeSomething() throws Exception {
        folder = Files.createTempDirectory("orchard-verify-test");
        var place = client.createPlace();
        client.upload(place, "?tag=latest", unique("content").getBytes(StandardCharsets.UTF_8));
        keep("vkey", get("/audit/log/key"));
        new Trail(orchard).assertComplete(BOUND);
        long records =
                Long.parseLong(new Trail(orchard).one("orchard_audit", "SELECT max(position)::text FROM audit.ledger"));
        await().atMost(BOUND)
                .ignoreExceptions()
                .until(() -> client.get("/audit/status")
                                .json()
                                .path("log")
                                .path("size")
                                .asLong()
                        >= records - 2);
    }

    @AfterEach
    void clean() throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Test
    void acceptsTheLogByItsAddressAndFindsAnEarlierCheckpointInIt() throws Exception {
        keep("older", get("/audit/log/checkpoint"));
        client.createPlace();
        var result = verify("--since", file("older"), orchard.url() + "/api/v1/audit/log");
        assertThat(result.output()).contains("epoch");
        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Test
    void acceptsTheLogAsItLiesInTheStoreAndNoticesOneByteThatChanged() throws Exception {
        copy(orchard.data().resolve("blobs/log"), folder.resolve("log"));
        var before = verify(file("log"));
        assertThat(before.exit()).as(before.output()).isZero();

        Path bundle = folder.resolve("log/tile/entries/000");
        Path victim = Files.exists(bundle) ? bundle : largest(folder.resolve("log/tile/entries/000.p"));
        byte[] bytes = Files.readAllBytes(victim);
        bytes[bytes.length / 2] ^= 1;
        Files.write(victim, bytes);
        var after = verify(file("log"));
        assertThat(after.exit()).as(after.output()).isEqualTo(1);
        assertThat(after.output()).contains("TAMPERED", "entry");
    }

    @Test
    void provesThatAnEventIsInTheLog() throws Exception {
        var item = expect(200, client.get("/audit/events?limit=1&type=dev.orchard.tag.created.v1"))
                .json()
                .path("items")
                .path(0);
        String id = item.path("event").path("id").asString();
        keep("proof", get("/audit/events/" + id + "/proof"));
        keep(
                "event",
                new Trail(orchard)
                        .one("orchard", "SELECT payload FROM orchard.event_log WHERE event_id = '" + id + "'"));
        var proven = verify("--proof", file("proof"), "--event", file("event"));
        assertThat(proven.exit()).as(proven.output()).isZero();

        keep("event", "{}");
        assertThat(verify("--proof", file("proof"), "--event", file("event")).exit())
                .isEqualTo(1);
    }

    @Test
    void saysWhatItCouldNotCheck() throws Exception {
        assertThat(verify(file("nowhere")).exit()).isEqualTo(2);
        assertThat(run("--key", "no-key", file("nowhere")).exit()).isEqualTo(2);
        assertThat(run().output()).contains("usage");
    }

    private Result verify(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("--key", file("vkey")));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private Result run(String... arguments) throws Exception {
        var command =
                new ArrayList<>(List.of(RunningOrchard.HOME.resolve("orchard").toString(), "verify"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ORCHARD_BUILT", "true");
        builder.environment().put("ORCHARD_TOKEN", orchard.token());
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private String get(String path) throws Exception {
        return expect(200, client.get(path)).text();
    }

    private void keep(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static Path largest(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.max(Comparator.comparingInt(
                            file -> Integer.parseInt(file.getFileName().toString())))
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
