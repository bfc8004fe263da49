package dev.orchard.metadata.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.TestPackage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Today's service over a database that a service of the version before made, while one of those still runs. */
class UpgradeIT {
    private static final String EVENTS =
            "SELECT event_id || ' ' || txid || ' ' || md5(payload) FROM orchard.event_log ORDER BY event_id";

    private final String database = "old_" + UUID.randomUUID().toString().replace('-', '_');
    private final OlderReplica older = new OlderReplica(database);
    private String kept;
    private String shared;
    private List<String> before;
    private MetadataStage stage;

    @BeforeEach
    void fillAndUpgrade() throws Exception {
        MetadataStage.shared(); // it has the server's one slot
        MetadataStage.superuser("orchard")
                .sql("CREATE DATABASE " + database + " OWNER orchard_owner")
                .update();
        OlderReplica.migrate(database);
        older.createPackage("old", "app");
        kept = older.upload("old", "app", "v1", "one");
        shared = older.upload("old", "app", "v2", "two");
        older.upload("old", "app", "v3", "two");
        older.upload("old", "app", "moved", "one");
        older.upload("old", "app", "moved", "two");
        older.upload("old", "app", "gone", "three");
        older.deleteTag("old", "app", "gone");
        older.closeEpoch();
        before = MetadataStage.superuser(database)
                .sql(EVENTS)
                .query(String.class)
                .list();
        stage = new MetadataStage(database);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void keepsRowsCountsAndEventsAndGoesOnWithTheEpochs() {
        assertThat(counts()).containsExactlyInAnyOrder("1 1", "3 3", "0 0");
        assertThat(tag("v1")).isEqualTo(kept);
        assertThat(tag("moved")).isEqualTo(shared);
        assertThat(events()).startsWith(before.toArray(String[]::new));
        await().atMost(Duration.ofSeconds(30)).until(() -> one("SELECT max(epoch) FROM orchard.epochs") >= 3);
        assertThat(one("""
                SELECT count(*) FROM orchard.epochs e
                WHERE epoch > 0 AND from_txid <> (SELECT to_txid FROM orchard.epochs WHERE epoch = e.epoch - 1)
                """)).isZero();
    }

    @Test
    void worksOnInWhatWasThere() {
        var here = TestPackage.create(stage);
        here.upload("two", "again");
        assertThat(one("SELECT ref_count FROM orchard.artifacts WHERE orchard.hex(id) = '" + shared + "'"))
                .isEqualTo(4);
        stage.client().delete("/api/v1/project/old").expect(200);
        assertThat(counts()).containsExactlyInAnyOrder("0 0", "1 1", "0 0");
        stage.client().post("/api/v1/admin/gc", Map.of("dry_run", true)).expect(200);
    }

    @Test
    void protectsWhatWasThere() {
        JdbcClient psql = stage.database();
        for (String refused : List.of(
                "UPDATE orchard.artifacts SET ref_count = 7",
                "TRUNCATE orchard.tags CASCADE",
                "DELETE FROM orchard.event_log",
                "UPDATE orchard.tag_history SET changed_by = 'nobody'")) {
            assertThatThrownBy(() -> psql.sql(refused).update()).as(refused).hasMessageContaining("is refused");
        }
    }

    @Test
    void bearsAReplicaOfTheVersionBefore() throws Exception {
        older.createPackage("new", "app");
        older.upload("new", "app", "v1", "one");
        older.upload("old", "app", "v1", "four");
        older.deleteTag("old", "app", "v2");
        older.drain();
        older.closeEpoch();
        assertThat(counts()).containsExactlyInAnyOrder("1 1", "2 2", "0 0", "1 1");
        assertThat(one("SELECT count(*) FROM orchard.event_log WHERE type = 'dev.orchard.tag.moved.v1'"))
                .isEqualTo(2);
    }

    /** Each artifact's count, and how many tags it has. */
    private List<String> counts() {
        return list("""
                SELECT a.ref_count || ' ' || count(t.name) FROM orchard.artifacts a
                LEFT JOIN orchard.tags t ON t.artifact_id = a.id GROUP BY a.id
                """);
    }

    private String tag(String name) {
        return stage.client()
                .get("/api/v1/project/old/packages/app/tags/" + name)
                .expect(200)
                .text("artifact_id");
    }

    private List<String> events() {
        return list(EVENTS);
    }

    private List<String> list(String sql) {
        return stage.database().sql(sql).query(String.class).list();
    }

    private long one(String sql) {
        return stage.database().sql(sql).query(Long.class).single();
    }
}
