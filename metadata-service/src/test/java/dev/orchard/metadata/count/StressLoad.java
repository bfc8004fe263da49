package dev.orchard.metadata.count;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Many clients on few rows: 6 projects, 24 packages, 10 tag names, 8 artifacts. Every operation follows the lock order of
 * docs/decisions/0003 and none is retried, so that a single deadlock shows.
 */
final class StressLoad {
    private static final String DEADLOCK = "40P01";

    private final Connections connections;
    private final List<byte[]> artifacts;
    private final long seed;
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong deadlocks = new AtomicLong();

    /** Opens a connection of the services' role. */
    interface Connections {
        Connection open() throws SQLException;
    }

    StressLoad(Connections connections, List<byte[]> artifacts, long seed) {
        this.connections = connections;
        this.artifacts = artifacts;
        this.seed = seed;
    }

    long operations() {
        return operations.get();
    }

    long deadlocks() {
        return deadlocks.get();
    }

    /** Runs until the time is over, or until the first deadlock where one is enough. */
    void run(int clients, long nanoseconds, boolean stopAtDeadlock) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + nanoseconds;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running = IntStream.range(0, clients)
                    .mapToObj(client -> threads.submit((Callable<Void>) () -> {
                        client(client, end, stopAtDeadlock);
                        return null;
                    }))
                    .toList();
            for (Future<Void> client : running) {
                client.get();
            }
        }
    }

    private void client(int number, long end, boolean stopAtDeadlock) throws SQLException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + number);
        try (var sql = new Sql(connections.open())) {
            while (System.nanoTime() < end && !(stopAtDeadlock && deadlocks.get() > 0)) {
                operate(sql, random);
            }
        }
    }

    private void operate(Sql sql, RandomGenerator random) throws SQLException {
        try {
            sql.as("stress", () -> operation(sql, random));
            operations.incrementAndGet();
        } catch (SQLException e) {
            if (DEADLOCK.equals(e.getSQLState())) {
                deadlocks.incrementAndGet();
            } else if (!"23503".equals(e.getSQLState())) {
                throw e; // A package that is not there at this moment is part of the game; all else is not.
            }
        }
    }

    private void operation(Sql sql, RandomGenerator random) throws SQLException {
        var place = new Place("stress-" + random.nextInt(6), "k" + random.nextInt(4));
        int dice = random.nextInt(111);
        if (dice < 30) {
            ifThere(sql, place, "KEY SHARE", () -> sql.tag(place.project, place.name, tag(random), artifact(random)));
        } else if (dice < 50) {
            ifThere(sql, place, "KEY SHARE", () -> move(sql, place, tag(random), artifact(random)));
        } else if (dice < 65) {
            ifThere(sql, place, "KEY SHARE", () -> delete(sql, place, tag(random)));
        } else if (dice < 75) {
            ifThere(sql, place, "UPDATE", () -> moveAll(sql, place, artifact(random)));
        } else if (dice < 80) {
            ifThere(sql, place, "UPDATE", () -> {
                sql.run("DELETE FROM orchard.packages WHERE project = ? AND name = ?", place.project, place.name);
                create(sql, place);
            });
        } else if (dice < 81) {
            sql.run("DELETE FROM orchard.projects WHERE name = ?", place.project);
        } else if (dice < 91) {
            create(sql, place);
        } else {
            ifThere(sql, place, "UPDATE", () -> bulk(sql, place, artifact(random), artifact(random)));
        }
    }

    private record Place(String project, String name) {}

    private static void ifThere(Sql sql, Place place, String strength, Sql.Work work) throws SQLException {
        sql.strings("SELECT name FROM orchard.projects WHERE name = ? FOR KEY SHARE", place.project);
        var held = sql.strings(
                "SELECT name FROM orchard.packages WHERE project = ? AND name = ? FOR " + strength,
                place.project,
                place.name);
        if (!held.isEmpty()) {
            work.run();
        }
    }

    private static void move(Sql sql, Place place, String tag, byte[] artifact) throws SQLException {
        sql.run(
                "UPDATE orchard.tags SET artifact_id = ? WHERE project = ? AND package = ? AND name = ?",
                artifact,
                place.project,
                place.name,
                tag);
    }

    private static void moveAll(Sql sql, Place place, byte[] artifact) throws SQLException {
        sql.run(
                "UPDATE orchard.tags SET artifact_id = ? WHERE project = ? AND package = ?",
                artifact,
                place.project,
                place.name);
    }

    private static void delete(Sql sql, Place place, String tag) throws SQLException {
        sql.run(
                "DELETE FROM orchard.tags WHERE project = ? AND package = ? AND name = ?",
                place.project,
                place.name,
                tag);
    }

    /** An upsert of several rows fires two triggers, so it locks the artifacts, old and new, sorted and beforehand. */
    private static void bulk(Sql sql, Place place, byte[] one, byte[] two) throws SQLException {
        sql.strings("""
                SELECT 1 FROM orchard.artifacts WHERE id IN (?, ?) OR id IN (
                    SELECT artifact_id FROM orchard.tags WHERE project = ? AND package = ?)
                ORDER BY id FOR NO KEY UPDATE
                """, one, two, place.project, place.name);
        sql.run("""
                INSERT INTO orchard.tags (project, package, name, artifact_id, filename, content_type)
                SELECT ?, ?, 't' || n, CASE WHEN n % 2 = 0 THEN ?::bytea ELSE ?::bytea END, 'file', 'text/plain'
                FROM generate_series(0, 5) n
                ON CONFLICT (project, package, name) DO UPDATE SET artifact_id = EXCLUDED.artifact_id
                WHERE orchard.tags.artifact_id <> EXCLUDED.artifact_id
                """, place.project, place.name, one, two);
    }

    private static void create(Sql sql, Place place) throws SQLException {
        sql.run(
                "INSERT INTO orchard.projects (name, created_by) VALUES (?, 's') ON CONFLICT DO NOTHING",
                place.project);
        sql.run(
                "INSERT INTO orchard.packages (project, name, created_by) VALUES (?, ?, 's') ON CONFLICT DO NOTHING",
                place.project,
                place.name);
    }

    private byte[] artifact(RandomGenerator random) {
        return artifacts.get(random.nextInt(artifacts.size()));
    }

    private static String tag(RandomGenerator random) {
        return "t" + random.nextInt(10);
    }
}
