package dev.orchard.metadata.count;

import dev.orchard.support.naming.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The few statements of which the tests of the count are made, over one connection. */
final class Sql implements AutoCloseable {
    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Work that a transaction holds. */
    interface Work {
        void run() throws SQLException;
    }

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    Connection connection() {
        return connection;
    }

    /** Runs work in one transaction, in the name of {@code actor}. */
    void as(String actor, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            run("SELECT set_config('orchard.actor', ?, true), set_config('orchard.request_id', ?, true)", actor, "r-1");
            work.run();
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    void run(String sql, Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters)) {
            statement.execute();
        }
    }

    int update(String sql, Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    long number(String sql, Object... parameters) throws SQLException {
        return Long.parseLong(strings(sql, parameters).getFirst());
    }

    List<String> strings(String sql, Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters);
                var rows = statement.executeQuery()) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    void createPackage(String project, String packageName) throws SQLException {
        run("INSERT INTO orchard.projects (name, created_by) VALUES (?, 'test') ON CONFLICT DO NOTHING", project);
        run("INSERT INTO orchard.packages (project, name, created_by) VALUES (?, ?, 'test')", project, packageName);
    }

    /** A new artifact of unique content. */
    byte[] createArtifact() throws SQLException {
        byte[] id = sha256(unique("content"));
        run("""
                INSERT INTO orchard.artifacts (id, size, checksum_crc32c, content_type, storage_key, created_by)
                VALUES (?, 5, '00000000', 'text/plain', ?, 'test')
                """, id, "blobs/" + UUID.randomUUID());
        return id;
    }

    void tag(String project, String packageName, String tag, byte[] artifact) throws SQLException {
        run("""
                INSERT INTO orchard.tags (project, package, name, artifact_id, filename, content_type)
                VALUES (?, ?, ?, ?, 'file', 'text/plain')
                ON CONFLICT (project, package, name) DO UPDATE SET artifact_id = EXCLUDED.artifact_id
                WHERE orchard.tags.artifact_id <> EXCLUDED.artifact_id
                """, project, packageName, tag, artifact);
    }

    long refCount(byte[] artifact) throws SQLException {
        return number("SELECT ref_count FROM orchard.artifacts WHERE id = ?", (Object) artifact);
    }

    /** The refcount events of an artifact, as {@code before>after cause}. */
    List<String> changes(byte[] artifact) throws SQLException {
        return strings("""
                SELECT (d->>'before') || '>' || (d->>'after') || ' ' || (d->>'cause')
                FROM (SELECT payload::json->'data' AS d FROM orchard.event_log
                      WHERE type = 'dev.orchard.refcount.changed.v1' AND subject = ?) e
                ORDER BY (d->>'seq')::bigint
                """, "artifact/" + Sha256.of(artifact));
    }

    static byte[] sha256(String content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
        return statement;
    }
}
