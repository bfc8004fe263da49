package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What can happen to the way from the database to the ledger: nothing is lost, and nobody has to lend a hand. */
class BrokenPipeIT {
    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final int KILLS = Integer.getInteger("orchard.kills", 6);
    private static final List<String> PIPE = List.of("connect", "kafka", "audit", "postgresql");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static RunningOrchard orchard;
    private static Trail trail;

    @BeforeAll
    static void start() throws IOException {
        orchard = RunningOrchard.create();
        trail = new Trail(orchard);
    }

    @AfterAll
    static void stop() {
        orchard.close();
    }

    @Test
    void losesNothingWhenItsPartsAreKilledInTurnUnderLoad() throws Exception {
        try (var load = new TagLoad(orchard.client())) {
            for (int i = 0; i < KILLS; i++) {
                killAndAwaitMoves(PIPE.get(i % PIPE.size()), load);
            }
            System.out.println(load.moves() + " moves acknowledged, " + KILLS + " kills");
        }
        assertNothingIsLost();
    }

    @Test
    void recoversWhenTheSlotIsDroppedWithABacklog() throws Exception {
        try (var load = new TagLoad(orchard.client())) {
            signal("STOP");
            try {
                await().atMost(BOUND).until(() -> load.moves() > 100);
                dropSlot();
            } finally {
                signal("CONT");
            }
            long moves = load.moves();
            await().atMost(BOUND).until(() -> load.moves() > moves + 100);
        }
        assertNothingIsLost();
        assertThePipeRunsAgain();
    }

    @Test
    void recoversWhenTheOffsetsAreDeleted() throws Exception {
        try (var load = new TagLoad(orchard.client())) {
            connect("PUT", "/stop", "");
            awaitConnector("STOPPED");
            connect("DELETE", "/offsets", "");
            await().atMost(BOUND).until(() -> load.moves() > 50);
            connect("PUT", "/resume", "");
            long moves = load.moves();
            await().atMost(BOUND).until(() -> load.moves() > moves + 50);
        }
        assertNothingIsLost();
        assertThePipeRunsAgain();
    }

    @Test
    void recoversWhenTheOffsetsAreSetBack() throws Exception {
        var before = JSON.readTree(connect("GET", "/offsets", ""));
        try (var load = new TagLoad(orchard.client())) {
            await().atMost(BOUND).until(() -> load.moves() > 100);
            connect("PUT", "/stop", "");
            awaitConnector("STOPPED");
            connect("PATCH", "/offsets", before.toString());
            connect("PUT", "/resume", "");
            long moves = load.moves();
            await().atMost(BOUND).until(() -> load.moves() > moves + 50);
        }
        assertNothingIsLost();
        assertThePipeRunsAgain();
    }

    private static void killAndAwaitMoves(String process, TagLoad load) {
        long before = orchard.pid(process);
        orchard.kill(process);
        await().atMost(BOUND)
                .until(() -> orchard.pid(process) != before
                        && ProcessHandle.of(orchard.pid(process))
                                .map(ProcessHandle::isAlive)
                                .orElse(false));
        long moves = load.moves();
        await().atMost(BOUND).until(() -> load.moves() > moves + 20);
    }

    private static void assertNothingIsLost() throws SQLException {
        trail.assertComplete(BOUND);
        trail.assertChains();
        trail.assertCountsMatchTags();
    }

    /** Not by the recount, but as it should. */
    private static void assertThePipeRunsAgain() throws SQLException {
        String last = trail.one("orchard_audit", "SELECT max(position)::text FROM audit.ledger");
        String fromTheTopic = "SELECT count(*) FROM audit.ledger WHERE origin = 'kafka' AND position > " + last;
        await().atMost(BOUND)
                .ignoreExceptions()
                .until(() -> !trail.one("orchard_audit", fromTheTopic).equals("0"));
    }

    /** Stops the Connect worker where it is, or lets it go on. */
    private static void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(orchard.pid("connect")))
                .start()
                .waitFor();
    }

    private static void dropSlot() throws SQLException {
        trail.ids("orchard", """
                SELECT pg_terminate_backend(active_pid)::text FROM pg_replication_slots
                WHERE slot_name = 'orchard_ledger' AND active
                """);
        await().atMost(BOUND)
                .ignoreExceptions()
                .until(() -> trail.ids("orchard", "SELECT pg_drop_replication_slot('orchard_ledger')::text")
                                .size()
                        == 1);
    }

    private static void awaitConnector(String state) {
        await().atMost(BOUND)
                .until(() -> JSON.readTree(connect("GET", "/status", ""))
                        .path("connector")
                        .path("state")
                        .asString()
                        .equals(state));
    }

    private static String connect(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:%d/connectors/orchard-ledger%s".formatted(orchard.port("connect"), path)))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }
}
