package dev.orchard.metadata.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.metadata.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many clients on few rows: no deadlock, no drift. {@code -Dorchard.stress=PT10M} runs it longer. */
class ReferenceCountStressIT {
    private static final int CLIENTS = 24;
    private static final Duration LENGTH = Duration.parse(System.getProperty("orchard.stress", "PT30S"));

    private final long seed = Long.getLong("orchard.seed", System.nanoTime());

    @Test
    void neverDeadlocksAndNeverDrifts() throws Exception {
        System.out.println("seed " + seed);
        var load = load("stress");
        load.run(CLIENTS, LENGTH.toNanos(), false);

        System.out.println(load.operations() + " operations");
        assertThat(load.deadlocks()).as("deadlocks, seed %d", seed).isZero();
        assertThat(load.operations()).isGreaterThan(100);
        try (var sql = new Sql(TestDatabase.server().connect("stress", LoginRole.SUPERUSER))) {
            Consistency.assertNoDrift(sql);
            Consistency.assertChains(sql);
            Consistency.assertEventsKeepTheContract(sql);
        }
    }

    /** The same load over triggers that fire once a row and lock as rows come: if this passes, the test above is blind. */
    @Test
    void wouldSeeTheDeadlocksOfRowLevelTriggers() throws Exception {
        var load = load("control");
        try (var owner = new Sql(TestDatabase.server().connect("control", LoginRole.SUPERUSER))) {
            owner.run("""
                    DROP TRIGGER tags_inserted ON orchard.tags;
                    DROP TRIGGER tags_updated ON orchard.tags;
                    DROP TRIGGER tags_deleted ON orchard.tags;
                    CREATE FUNCTION orchard.count_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                    BEGIN
                        IF TG_OP <> 'INSERT' THEN
                            PERFORM orchard.add_references(OLD.artifact_id, -1, 'tag.deleted');
                        END IF;
                        IF TG_OP <> 'DELETE' THEN
                            PERFORM orchard.add_references(NEW.artifact_id, 1, 'tag.created');
                        END IF;
                        RETURN NULL;
                    END $$;
                    CREATE TRIGGER count_row AFTER INSERT OR UPDATE OR DELETE ON orchard.tags
                        FOR EACH ROW EXECUTE FUNCTION orchard.count_row();
                    """);
        }
        load.run(CLIENTS, Duration.ofSeconds(60).toNanos(), true);

        assertThat(load.deadlocks()).isPositive();
    }

    /** A load on a database of its own. */
    private StressLoad load(String database) throws SQLException {
        try (var admin = new Sql(TestDatabase.superuser())) {
            admin.run("CREATE DATABASE " + database + " OWNER orchard_owner");
            admin.run("ALTER DATABASE " + database + " SET deadlock_timeout = '200ms'");
        }
        TestDatabase.migrate(database);
        List<byte[]> artifacts = new ArrayList<>();
        try (var sql = new Sql(TestDatabase.server().connect(database, LoginRole.APP))) {
            for (int i = 0; i < 8; i++) {
                artifacts.add(sql.createArtifact());
            }
        }
        return new StressLoad(
                () -> TestDatabase.server().connect(database, LoginRole.APP), List.copyOf(artifacts), seed);
    }
}
