package dev.orchard.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The metadata database: it logs events by its triggers, and closes epochs when it is told to. */
public record EventLog(JdbcClient database) {
    /** An event as it was logged. */
    public record Logged(UUID id, String payload, long txid, boolean isMarker) {
        public byte[] bytes() {
            return payload.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Makes a project, which logs one event. */
    public void change() {
        database.sql("INSERT INTO orchard.projects (name, created_by) VALUES (:name, 'test')")
                .param("name", "p-" + UUID.randomUUID())
                .update();
    }

    /** Points a new tag at a new artifact and moves it away again and back: a chain of five changes, and more events. */
    public void changeCounts() {
        String name = "p-" + UUID.randomUUID();
        String first = artifact();
        String second = artifact();
        database.sql("INSERT INTO orchard.projects (name, created_by) VALUES (:name, 'test')")
                .param("name", name)
                .update();
        database.sql("INSERT INTO orchard.packages (project, name, created_by) VALUES (:name, 'k', 'test')")
                .param("name", name)
                .update();
        database.sql("""
                        INSERT INTO orchard.tags (project, package, name, artifact_id, filename, content_type)
                        VALUES (:name, 'k', 't', decode(:artifact, 'hex'), 'f', 'text/plain')
                        """).param("name", name).param("artifact", first).update();
        for (String target : List.of(second, first, second, first)) {
            database.sql("UPDATE orchard.tags SET artifact_id = decode(:artifact, 'hex') WHERE project = :name")
                    .param("name", name)
                    .param("artifact", target)
                    .update();
        }
    }

    /** Closes an epoch of all that was logged before. */
    public void closeEpoch() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .until(() -> database.sql("SELECT orchard.close_epoch('0')")
                                .query((row, number) -> row.getLong(1))
                                .single()
                        > 0);
    }

    /** All that was logged from some transaction on, in the order of the transactions. */
    public List<Logged> since(long txid) {
        return database.sql("""
                        SELECT event_id, payload, txid::text::bigint AS txid,
                               type = 'dev.orchard.epoch.closed.v1' AS is_marker
                        FROM orchard.event_log WHERE txid >= :txid::text::xid8
                        ORDER BY txid, recorded_at
                        """)
                .param("txid", txid)
                .query((row, number) ->
                        new Logged(row.getObject(1, UUID.class), row.getString(2), row.getLong(3), row.getBoolean(4)))
                .list();
    }

    public long lastEpoch() {
        return database.sql("SELECT max(epoch) FROM orchard.epochs")
                .query(Long.class)
                .single();
    }

    public long nextTxid() {
        return database.sql("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    private String artifact() {
        return database.sql("""
                        INSERT INTO orchard.artifacts (id, size, checksum_crc32c, content_type, storage_key, created_by)
                        VALUES (sha256(uuid_send(gen_random_uuid())), 5, '00000000', 'text/plain',
                                'blobs/' || gen_random_uuid(), 'test')
                        RETURNING encode(id, 'hex')
                        """).query(String.class).single();
    }
}
