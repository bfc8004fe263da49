package dev.orchard.metadata.deletion;

import dev.orchard.metadata.database.Columns;
import dev.orchard.metadata.deletion.DeletionMetrics.Queue;
import dev.orchard.metadata.deletion.DeletionService.Reason;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The deletion queue in PostgreSQL. */
@Repository
class PostgresDeletionStore {
    private final JdbcClient jdbc;

    PostgresDeletionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Also what was deleted once and is there again: its writer was late. */
    void queue(String storageKey, Reason reason) {
        jdbc.sql("""
                        INSERT INTO orchard.deletion_queue (storage_key, reason) VALUES (:key, :reason)
                        ON CONFLICT (storage_key) DO UPDATE SET deleted_at = NULL, not_before = now()
                        WHERE deletion_queue.deleted_at IS NOT NULL
                        """).param("key", storageKey).param("reason", reason.text()).update();
    }

    /**
     * Moves the keys of expired uploads into the queue, in one statement; a resumable one has parts beside its blob. One
     * that is being completed or given up at this moment is passed over.
     */
    int queueExpired() {
        return jdbc.sql("""
                        WITH intents AS (
                                 DELETE FROM orchard.upload_intents WHERE upload_id IN (
                                     SELECT upload_id FROM orchard.upload_intents WHERE expires_at < now()
                                     FOR UPDATE SKIP LOCKED)
                                 RETURNING storage_key),
                             resumable AS (
                                 DELETE FROM orchard.resumable_uploads WHERE upload_id IN (
                                     SELECT upload_id FROM orchard.resumable_uploads WHERE expires_at < now()
                                     FOR UPDATE SKIP LOCKED)
                                 RETURNING storage_key),
                             expired AS (SELECT storage_key FROM intents UNION ALL SELECT storage_key FROM resumable),
                             parts AS (
                                 INSERT INTO orchard.deletion_queue (storage_key, reason)
                                 SELECT replace(storage_key, 'blobs/', 'uploads/'), 'expired' FROM resumable
                                 ON CONFLICT (storage_key) DO NOTHING)
                        INSERT INTO orchard.deletion_queue (storage_key, reason)
                        SELECT storage_key, 'expired' FROM expired
                        ON CONFLICT (storage_key) DO NOTHING
                        """).update();
    }

    long countExpired() {
        return jdbc.sql("""
                        SELECT (SELECT count(*) FROM orchard.upload_intents WHERE expires_at < now())
                             + (SELECT count(*) FROM orchard.resumable_uploads WHERE expires_at < now())
                        """).query(Long.class).single();
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM orchard.deletion_queue WHERE deleted_at IS NULL")
                .query(Long.class)
                .single();
    }

    Queue queue() {
        return jdbc.sql("""
                        SELECT count(*) AS objects, coalesce(min(queued_at), now()) AS oldest
                        FROM orchard.deletion_queue WHERE deleted_at IS NULL
                        """)
                .query((row, n) -> new Queue(row.getLong("objects"), Columns.instant(row, "oldest")))
                .single();
    }

    /**
     * Takes keys for this process; after {@code retry} they are anybody's again. No lock is held meanwhile. None while a
     * backup holds the deletions: whoever gets the exclusive lock knows that all keys taken before are committed as such,
     * and so are the deletions of their rows.
     */
    List<String> claim(int limit, Duration retry) {
        return jdbc.sql("""
                        UPDATE orchard.deletion_queue q
                        SET attempts = attempts + 1, not_before = now() + :retry * interval '1 millisecond'
                        WHERE (SELECT pg_try_advisory_xact_lock_shared(hashtext('orchard.deletion')))
                          AND storage_key IN (
                            SELECT storage_key FROM orchard.deletion_queue
                            WHERE deleted_at IS NULL AND not_before <= now()
                            ORDER BY not_before LIMIT :limit
                            FOR UPDATE SKIP LOCKED)
                        RETURNING storage_key
                        """)
                .param("retry", retry.toMillis())
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** Keeps the key of a deleted object, so that nobody can record it again. */
    void done(String storageKey) {
        jdbc.sql("UPDATE orchard.deletion_queue SET deleted_at = now() WHERE storage_key = :key")
                .param("key", storageKey)
                .update();
    }

    void forget(Duration age) {
        jdbc.sql("DELETE FROM orchard.deletion_queue WHERE deleted_at < now() - :age * interval '1 millisecond'")
                .param("age", age.toMillis())
                .update();
    }
}
