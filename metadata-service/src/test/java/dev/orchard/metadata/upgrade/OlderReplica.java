package dev.orchard.metadata.upgrade;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.metadata.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the metadata service did to its database when the schema had version 4, statement for statement. */
final class OlderReplica {
    private final DataSource app;

    OlderReplica(String database) {
        var server = TestDatabase.server();
        app = new DriverManagerDataSource(
                server.jdbcUrl(database), LoginRole.APP.roleName(), server.password(LoginRole.APP));
    }

    static void migrate(String database) {
        var server = TestDatabase.server();
        Flyway.configure()
                .dataSource(
                        server.jdbcUrl(database), LoginRole.MIGRATOR.roleName(), server.password(LoginRole.MIGRATOR))
                .locations("classpath:db/version-4")
                .defaultSchema("orchard")
                .initSql("SET ROLE orchard_owner")
                .load()
                .migrate();
    }

    void createPackage(String project, String name) throws SQLException {
        write(jdbc -> {
            jdbc.sql("INSERT INTO orchard.projects (name, created_by) VALUES (?, 'ann')")
                    .param(project)
                    .update();
            return jdbc.sql("INSERT INTO orchard.packages (project, name, created_by) VALUES (?, ?, 'ann')")
                    .param(project)
                    .param(name)
                    .update();
        });
    }

    /** An upload with its intent, its artifact and its tag; answers the artifact's id. */
    String upload(String project, String name, String tag, String content) throws SQLException {
        UUID id = UUID.randomUUID();
        write(jdbc -> jdbc.sql("""
                        INSERT INTO orchard.upload_intents (upload_id, storage_key, project, package, created_by, expires_at)
                        VALUES (?, ?, ?, ?, 'ann', now() + interval '1 day')
                        """).params(id, "blobs/" + id, project, name).update());
        return write(jdbc -> record(jdbc, id, project, name, tag, content));
    }

    private static String record(JdbcClient jdbc, UUID id, String project, String name, String tag, String content) {
        String key = jdbc.sql("DELETE FROM orchard.upload_intents WHERE upload_id = ? RETURNING storage_key")
                .param(id)
                .query(String.class)
                .single();
        jdbc.sql("SELECT name FROM orchard.packages WHERE project = ? AND name = ? FOR KEY SHARE")
                .params(project, name)
                .query(String.class)
                .single();
        int added = jdbc.sql("""
                        INSERT INTO orchard.artifacts (id, size, checksum_crc32c, content_type, storage_key, created_by)
                        VALUES (sha256(convert_to(?, 'UTF8')), octet_length(?), '00000000', 'text/plain', ?, 'ann')
                        ON CONFLICT (id) DO NOTHING
                        """).params(content, content, key).update();
        if (added == 0) {
            jdbc.sql("INSERT INTO orchard.deletion_queue (storage_key, reason) VALUES (?, 'lost_race')")
                    .param(key)
                    .update();
        }
        jdbc.sql("""
                        INSERT INTO orchard.tags AS t (project, package, name, artifact_id, filename, content_type)
                        VALUES (?, ?, ?, sha256(convert_to(?, 'UTF8')), 'f', 'text/plain')
                        ON CONFLICT ON CONSTRAINT tags_pkey DO UPDATE SET artifact_id = EXCLUDED.artifact_id
                        WHERE t.artifact_id <> EXCLUDED.artifact_id
                        """).params(project, name, tag, content).update();
        return jdbc.sql("""
                        INSERT INTO orchard.uploads (upload_id, project, package, artifact_id, tag, filename, content_type,
                            size, ref_count, deduplicated, uploaded_by)
                        SELECT ?, ?, ?, a.id, ?, 'f', 'text/plain', a.size, a.ref_count, ?, 'ann'
                        FROM orchard.artifacts a WHERE a.id = sha256(convert_to(?, 'UTF8'))
                        RETURNING orchard.hex(artifact_id)
                        """)
                .params(id, project, name, tag, added == 0, content)
                .query(String.class)
                .single();
    }

    void deleteTag(String project, String name, String tag) throws SQLException {
        write(jdbc -> jdbc.sql("DELETE FROM orchard.tags WHERE project = ? AND package = ? AND name = ?")
                .params(project, name, tag)
                .update());
    }

    /** Takes from the queue, and forgets, as if the object was deleted. */
    void drain() throws SQLException {
        write(jdbc -> jdbc.sql("""
                        UPDATE orchard.deletion_queue
                        SET attempts = attempts + 1, not_before = now() + interval '1 minute'
                        WHERE storage_key IN (SELECT storage_key FROM orchard.deletion_queue WHERE not_before <= now()
                                              ORDER BY not_before LIMIT 100 FOR UPDATE SKIP LOCKED)
                        """).update());
        write(jdbc -> jdbc.sql("DELETE FROM orchard.deletion_queue WHERE attempts > 0")
                .update());
    }

    void closeEpoch() throws SQLException {
        write(jdbc ->
                jdbc.sql("SELECT orchard.close_epoch(interval '0')").query().singleColumn());
    }

    private <T> T write(Function<JdbcClient, T> work) throws SQLException {
        try (Connection connection = app.getConnection()) {
            connection.setAutoCommit(false);
            var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            jdbc.sql("SELECT set_config('orchard.actor', 'ann', true)").query().singleColumn();
            T result = work.apply(jdbc);
            connection.commit();
            return result;
        }
    }
}
