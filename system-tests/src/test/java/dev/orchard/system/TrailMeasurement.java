package dev.orchard.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Measures, and asserts nothing: how long an event takes to the ledger at a steady rate, how many a second get there when
 * there is no end of them, and what the event log costs a write. Tags are moved by SQL: a move is three events.
 */
class TrailMeasurement {
    private static final int EVENTS_A_MOVE = 3;
    private static final int STEADY_RATE = Integer.getInteger("orchard.rate", 500);
    private static final int STEADY_SECONDS = 60;
    private static final int FLOOD_SECONDS = 60;
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 6;
    private static final Duration ROUND = Duration.ofSeconds(5);

    @Test
    void tellsLatencyThroughputAndCost() throws Exception {
        try (var orchard = RunningOrchard.create()) {
            prepare(orchard);
            flood(orchard, Duration.ofSeconds(20), true); // warms up everything on the way
            awaitArrival(orchard);
            steady(orchard);
            sustained(orchard);
        }
    }

    @Test
    void tellsWhatTheEventLogCosts() throws Exception {
        try (var orchard = RunningOrchard.create()) {
            prepare(orchard);
            letSessionsGoWithoutTheLog(orchard);
            signal(orchard, "STOP"); // what reads the log would take its share of the two cores
            try {
                cost(orchard);
            } finally {
                signal(orchard, "CONT");
            }
        }
    }

    private static void prepare(RunningOrchard orchard) throws SQLException {
        try (var database = orchard.database("orchard");
                var statement = database.createStatement()) {
            statement.execute("""
                    INSERT INTO orchard.projects (name, created_by) VALUES ('measured', 'test');
                    INSERT INTO orchard.packages (project, name, created_by) VALUES ('measured', 'k', 'test');
                    INSERT INTO orchard.artifacts (id, size, checksum_crc32c, content_type, storage_key, created_by)
                    SELECT sha256(int4send(n)), 5, '00000000', 'text/plain', 'blobs/' || gen_random_uuid(), 'test'
                    FROM generate_series(1, 200) n;
                    INSERT INTO orchard.tags (project, package, name, artifact_id, filename, content_type)
                    SELECT 'measured', 'k', 't' || n, sha256(int4send(n * 2)), 'f', 'text/plain'
                    FROM generate_series(1, 100) n;
                    """);
        }
    }

    private static void steady(RunningOrchard orchard) throws Exception {
        String from = position(orchard);
        int moves = STEADY_RATE * STEADY_SECONDS / EVENTS_A_MOVE;
        try (var timer = Executors.newScheduledThreadPool(CLIENTS)) {
            List<Connection> connections = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                connections.add(orchard.database("orchard"));
            }
            for (int i = 0; i < moves; i++) {
                int number = i;
                timer.schedule(
                        () -> {
                            var connection = connections.get(number % CLIENTS);
                            synchronized (connection) {
                                move(connection, number);
                            }
                            return null;
                        },
                        i * 1_000_000L * EVENTS_A_MOVE / STEADY_RATE,
                        TimeUnit.MICROSECONDS);
            }
        }
        awaitArrival(orchard);
        for (String quantile : List.of("0.5", "0.9", "0.99", "1.0")) {
            tell(
                    "commit to ledger at %d events/s, p%s, ms".formatted(STEADY_RATE, quantile),
                    one(orchard, """
                            SELECT round((percentile_cont(%s) WITHIN GROUP
                                          (ORDER BY extract(epoch FROM recorded_at - time)) * 1000)::numeric, 1)
                            FROM audit.ledger WHERE position > %s
                            """.formatted(quantile, from)));
        }
    }

    /** While more is logged than can arrive, from when the ledger is busy to when the log ends. */
    private static void sustained(RunningOrchard orchard) throws Exception {
        String from = position(orchard);
        long logged = flood(orchard, Duration.ofSeconds(FLOOD_SECONDS), true) * EVENTS_A_MOVE;
        tell("logged under the flood, events/s", logged / FLOOD_SECONDS);
        awaitArrival(orchard);
        tell("into the ledger meanwhile and after, events/s", one(orchard, """
                SELECT round(count(*) / extract(epoch FROM max(recorded_at) - min(recorded_at))) FROM audit.ledger
                WHERE position > %s
                """.formatted(from)));
        tell("after the flood, with nothing else going on, events/s", one(orchard, """
                SELECT round(count(*) / nullif(extract(epoch FROM max(recorded_at) - min(recorded_at)), 0))
                FROM audit.ledger WHERE position > %1$s AND recorded_at >
                    (SELECT max(time) FROM audit.ledger WHERE position > %1$s AND type LIKE '%%tag.moved%%')
                """.formatted(from)));
        tell("healed, which should be none", one(orchard, "SELECT count(*) FROM audit.ledger WHERE origin = 'healed'"));
    }

    /** The same moves with and without the event log, in turn: without it the function that writes it does nothing. */
    private static void cost(RunningOrchard orchard) throws Exception {
        flood(orchard, ROUND, true);
        long with = 0;
        long without = 0;
        for (int round = 0; round < ROUNDS; round++) {
            with += flood(orchard, ROUND, true);
            without += flood(orchard, ROUND, false);
        }
        tell("moves/s with the event log", with / (ROUNDS * ROUND.toSeconds()));
        tell("moves/s without it", without / (ROUNDS * ROUND.toSeconds()));
        tell("cost of the event log, %", Math.round(100.0 * (without - with) / without));
    }

    /** This data directory is thrown away, so its database may be spoilt. */
    private static void letSessionsGoWithoutTheLog(RunningOrchard orchard) throws SQLException {
        try (var database = orchard.database("orchard");
                var statement = database.createStatement()) {
            statement.execute("""
                    ALTER FUNCTION orchard.log_event(text, text, json) RENAME TO really_log_event;
                    CREATE FUNCTION orchard.log_event(type text, subject text, data json) RETURNS void
                        LANGUAGE plpgsql
                    AS $$ BEGIN
                        IF current_setting('orchard.measured_without_log', true) IS DISTINCT FROM 'on' THEN
                            PERFORM orchard.really_log_event(type, subject, data);
                        END IF;
                    END $$
                    """);
        }
    }

    private static void signal(RunningOrchard orchard, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(orchard.pid("connect")))
                .start()
                .waitFor();
    }

    /** As many moves as some clients can make; how many that were. */
    private static long flood(RunningOrchard orchard, Duration time, boolean isLogged) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Callable<Long>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.add(() -> floodUntil(orchard, client, end, isLogged));
        }
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            long moves = 0;
            for (var done : threads.invokeAll(clients)) {
                moves += done.get();
            }
            return moves;
        }
    }

    private static long floodUntil(RunningOrchard orchard, int client, long end, boolean isLogged) throws SQLException {
        try (var connection = orchard.database("orchard")) {
            if (!isLogged) {
                connection.createStatement().execute("SET orchard.measured_without_log = 'on'");
            }
            long moves = 0;
            for (int i = client; System.nanoTime() < end; i += CLIENTS) {
                move(connection, i);
                moves++;
            }
            return moves;
        }
    }

    /** Moves a tag to another artifact than the one that it has; the tags of one client are its own. */
    private static void move(Connection connection, int number) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE orchard.tags SET artifact_id = sha256(int4send(?))
                WHERE project = 'measured' AND package = 'k' AND name = ?
                """)) {
            int tag = number % 96 + 1;
            update.setInt(1, tag * 2 - number / 96 % 2);
            update.setString(2, "t" + tag);
            update.executeUpdate();
        }
    }

    private static void awaitArrival(RunningOrchard orchard) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .ignoreExceptions()
                .until(() -> orchard.client()
                                .get("/audit/status")
                                .json()
                                .path("lag_events")
                                .asLong(-1)
                        == 0);
    }

    private static String position(RunningOrchard orchard) throws SQLException {
        return one(orchard, "SELECT max(position)::text FROM audit.ledger");
    }

    private static String one(RunningOrchard orchard, String sql) throws SQLException {
        return String.valueOf(new Trail(orchard).ids("orchard_audit", sql).getFirst());
    }

    private static void tell(String what, Object figure) {
        System.out.println("measured: " + what + ": " + figure);
    }
}
