package dev.orchard.metadata.collection;

import dev.orchard.metadata.collection.CollectionReport.Artifacts;
import dev.orchard.metadata.collection.CollectionReport.Unreferenced;
import dev.orchard.metadata.database.Columns;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What can be collected, in PostgreSQL. */
@Repository
class PostgresCollectionStore {
    private static final String UNREFERENCED = """
            FROM orchard.artifacts
            WHERE zero_since < now() - :grace * interval '1 millisecond' AND ref_count = 0
            """;

    private final JdbcClient jdbc;

    PostgresCollectionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Deletes artifacts, which queues their objects; those that somebody holds are passed over. */
    List<Unreferenced> collect(Duration grace, int most) {
        return jdbc.sql("SELECT * FROM orchard.collect_artifacts(:grace * interval '1 millisecond', :most)")
                .param("grace", grace.toMillis())
                .param("most", most)
                .query((row, n) -> new Unreferenced(
                        Columns.sha256(row, "artifact_id"), row.getLong("size"), Columns.instant(row, "zero_since")))
                .list();
    }

    /** What {@link #collect} would delete now, however much it is. */
    Artifacts findUnreferenced(Duration grace, int most) {
        var items = jdbc.sql("SELECT id, size, zero_since " + UNREFERENCED + " ORDER BY zero_since LIMIT :most")
                .param("grace", grace.toMillis())
                .param("most", most)
                .query((row, n) -> new Unreferenced(
                        Columns.sha256(row, "id"), row.getLong("size"), Columns.instant(row, "zero_since")))
                .list();
        return jdbc.sql("SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes " + UNREFERENCED)
                .param("grace", grace.toMillis())
                .query((row, n) -> new Artifacts(row.getLong("count"), row.getLong("bytes"), items))
                .single();
    }

    /** Which of these objects no row knows. */
    List<String> findUnknown(List<String> storageKeys) {
        return jdbc.sql("""
                        SELECT k FROM unnest(:keys) AS k
                        WHERE NOT EXISTS (SELECT FROM orchard.artifacts WHERE storage_key = k)
                          AND NOT EXISTS (SELECT FROM orchard.upload_intents WHERE storage_key = k)
                          AND NOT EXISTS (SELECT FROM orchard.resumable_uploads WHERE storage_key = k)
                          AND NOT EXISTS (SELECT FROM orchard.deletion_queue WHERE storage_key = k AND deleted_at IS NULL)
                        """)
                .param("keys", storageKeys.toArray(String[]::new))
                .query(String.class)
                .list();
    }
}
