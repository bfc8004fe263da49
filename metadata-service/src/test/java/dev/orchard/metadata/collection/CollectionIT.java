package dev.orchard.metadata.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.events.EventSchemas;
import dev.orchard.metadata.Answer;
import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.StorageStandIn;
import dev.orchard.metadata.TestPackage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What nothing has referred to for longer than the grace period goes, and nothing else. */
class CollectionIT {
    private static MetadataStage stage;

    private final TestPackage here = TestPackage.create(stage);
    private final String content = TestPackage.unique("content");

    @BeforeAll
    static void start() {
        stage = MetadataStage.alone(
                "--orchard.metadata.collection.interval=1h",
                "--orchard.metadata.collection.grace=1h",
                "--orchard.metadata.deletion-retry=1h");
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void takesWhatNothingHasReferredToForLongEnough() {
        String digest = here.upload(content);
        String key = key(digest);
        age(digest, "2 hours");
        var report = collect();

        assertThat(ids(report)).contains(digest);
        assertThat(here.count("artifacts WHERE id = decode(?, 'hex')", digest)).isZero();
        assertThat(here.queuedBecause(key)).isEqualTo("collected");
        assertThat(events(digest)).singleElement().satisfies(event -> {
            assertThat(new EventSchemas().problems(event)).isEmpty();
            assertThat(event).contains(key);
        });
    }

    @Test
    void leavesWhatATagRefersToAndWhatIsYoung() {
        String tagged = here.upload(content, "v1");
        String young = here.uploadNew();
        var report = collect();

        assertThat(ids(report)).doesNotContain(tagged, young);
        assertThat(here.refCount(tagged)).isOne();
        assertThat(here.refCount(young)).isZero();
    }

    @Test
    void keepsWhatATagComesToAgainInTime() {
        String digest = here.upload(content);
        age(digest, "2 hours");
        here.point("v1", digest).expect(201);

        assertThat(ids(collect())).doesNotContain(digest);
        assertThat(here.refCount(digest)).isOne();
    }

    @Test
    void passesOverWhatSomebodyHoldsToPointATagAtIt() {
        String digest = here.upload(content);
        age(digest, "2 hours");
        var source = stage.bean(DataSource.class);
        new TransactionTemplate(new DataSourceTransactionManager(source)).executeWithoutResult(held -> {
            JdbcClient.create(source)
                    .sql("SELECT 1 FROM orchard.artifacts WHERE id = decode(?, 'hex') FOR KEY SHARE")
                    .param(digest)
                    .query()
                    .singleRow();
            assertThat(ids(collect())).doesNotContain(digest);
        });

        assertThat(ids(collect())).contains(digest);
    }

    @Test
    void tellsWhatItWouldTakeAndChangesNothing() {
        String digest = here.upload(content);
        age(digest, "2 hours");
        long events = here.count("event_log");
        var dry =
                stage.client().post("/api/v1/admin/gc", Map.of("dry_run", true)).expect(200);

        assertThat(dry.json().required("dry_run").asBoolean()).isTrue();
        assertThat(here.count("event_log WHERE type NOT LIKE '%epoch%'")).isLessThanOrEqualTo(events);
        assertThat(here.refCount(digest)).isZero();
        assertThat(ids(collect())).containsExactlyElementsOf(ids(dry)).contains(digest);
    }

    @Test
    void storesCollectedContentAnewUnderAnotherKey() {
        String digest = here.upload(content);
        String key = key(digest);
        age(digest, "2 hours");
        collect();

        assertThat(here.upload(content, "v1")).isEqualTo(digest);
        assertThat(key(digest)).isNotEqualTo(key);
        assertThat(here.refCount(digest)).isOne();
    }

    @Test
    void takesObjectsThatNoRowKnowsOnceTheyAreOld() {
        String kept = key(here.upload(content, "v1")).substring("blobs/".length());
        String old = UUID.randomUUID().toString();
        String young = UUID.randomUUID().toString();
        stage.storage()
                .lists(listed(kept, "2020-01-01T00:00:00Z") + "," + listed(old, "2020-01-01T00:00:00Z") + ","
                        + listed(young, Instant.now().toString()));
        var dry = stage.client().post("/api/v1/admin/gc", Map.of("dry_run", true));
        var report = collect();
        stage.storage().lists("");

        assertThat(dry.json().required("orphans").required("count").asLong()).isOne();
        assertThat(report.json().required("orphans").required("bytes").asLong()).isEqualTo(7);
        await().untilAsserted(() -> assertThat(stage.storage().asked())
                .contains(StorageStandIn.delete("blobs/" + old))
                .doesNotContain(StorageStandIn.delete("blobs/" + young), StorageStandIn.delete("blobs/" + kept)));
    }

    private static String listed(String key, String writtenAt) {
        return "{\"key\": \"%s\", \"size\": 7, \"written_at\": \"%s\"}".formatted(key, writtenAt);
    }

    private static Answer collect() {
        return stage.client().post("/api/v1/admin/gc", Map.of()).expect(200);
    }

    private static List<String> ids(Answer report) {
        return report.json()
                .required("artifacts")
                .required("items")
                .valueStream()
                .map(item -> item.required("artifact_id").asString())
                .toList();
    }

    private String key(String digest) {
        return stage.database()
                .sql("SELECT storage_key FROM orchard.artifacts WHERE id = decode(?, 'hex')")
                .param(digest)
                .query(String.class)
                .single();
    }

    private List<String> events(String digest) {
        return stage.database()
                .sql(
                        "SELECT payload FROM orchard.event_log WHERE type = 'dev.orchard.artifact.collected.v1' AND subject = ?")
                .param("artifact/" + digest)
                .query(String.class)
                .list();
    }

    /** As if nothing had referred to it for that long. */
    private void age(String digest, String interval) {
        var source = stage.superuserSource();
        new TransactionTemplate(new DataSourceTransactionManager(source)).executeWithoutResult(aged -> {
            var database = JdbcClient.create(source);
            database.sql("SET LOCAL session_replication_role = replica").update();
            database.sql("UPDATE orchard.artifacts SET zero_since = now() - ?::interval WHERE id = decode(?, 'hex')")
                    .params(interval, digest)
                    .update();
        });
    }
}
