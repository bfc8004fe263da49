package dev.orchard.metadata.tag;

import dev.orchard.metadata.database.Columns;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import dev.orchard.support.paging.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Tags and their history in PostgreSQL. The triggers on tags do the counting, the history and the events. */
@Repository
class PostgresTagStore {
    private static final String TAGS = """
            SELECT t.name, t.artifact_id, a.size, t.content_type, t.filename, t.created_at,
                   h.changed_at AS updated_at, h.changed_by AS updated_by
            FROM orchard.tags t
            JOIN orchard.artifacts a ON a.id = t.artifact_id
            CROSS JOIN LATERAL (
                SELECT changed_at, changed_by FROM orchard.tag_history
                WHERE project = t.project AND package = t.package AND tag = t.name
                ORDER BY id DESC LIMIT 1) h
            WHERE t.project = :project AND t.package = :package
            """;
    private static final String ONE = " WHERE project = :project AND package = :package AND name = :tag ";

    private final JdbcClient jdbc;

    PostgresTagStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Tag> list(ProjectName project, PackageName packageName, PageRequest page) {
        return jdbc.sql(TAGS + " AND (:after::text IS NULL OR t.name > :after) ORDER BY t.name LIMIT :rows")
                .param("project", project.value())
                .param("package", packageName.value())
                .param("after", page.after())
                .param("rows", page.rows())
                .query((row, n) -> tag(row))
                .list();
    }

    Optional<Tag> find(TagAddress address) {
        return statement(TAGS + " AND t.name = :tag", address)
                .query((row, n) -> tag(row))
                .optional();
    }

    /** What the tag points at now, locked until the transaction ends. */
    Optional<TagTarget> lock(TagAddress address) {
        return statement(
                        "SELECT artifact_id, filename, content_type FROM orchard.tags" + ONE + "FOR NO KEY UPDATE",
                        address)
                .query((row, n) -> new TagTarget(
                        Columns.sha256(row, "artifact_id"), row.getString("filename"), row.getString("content_type")))
                .optional();
    }

    /** Whether it was inserted: false if another transaction was first. */
    boolean insert(TagAddress address, TagTarget target) {
        return statement("""
                                INSERT INTO orchard.tags (project, package, name, artifact_id, filename, content_type)
                                VALUES (:project, :package, :tag, :artifact, :filename, :content_type)
                                ON CONFLICT (project, package, name) DO NOTHING
                                """, address, target).update() == 1;
    }

    /** Points a tag that this transaction has locked at another target. */
    void update(TagAddress address, TagTarget target) {
        statement(
                        "UPDATE orchard.tags SET artifact_id = :artifact, filename = :filename, content_type = :content_type"
                                + ONE,
                        address,
                        target)
                .update();
    }

    /** An artifact with the filename and type of its last upload, preferably in the tag's package; else named by digest. */
    TagTarget lastName(TagAddress address, Sha256 artifact) {
        return jdbc.sql("""
                        SELECT coalesce(u.filename, orchard.hex(a.id)) AS filename,
                               coalesce(u.content_type, a.content_type) AS content_type
                        FROM orchard.artifacts a
                        LEFT JOIN LATERAL (
                            SELECT filename, content_type FROM orchard.uploads
                            WHERE artifact_id = a.id
                            ORDER BY project = :project AND package = :package DESC, uploaded_at DESC
                            LIMIT 1) u ON true
                        WHERE a.id = :artifact
                        """)
                .param("project", address.project().value())
                .param("package", address.packageName().value())
                .param("artifact", artifact.bytes())
                .query((row, n) -> new TagTarget(artifact, row.getString("filename"), row.getString("content_type")))
                .single();
    }

    void delete(TagAddress address) {
        statement("DELETE FROM orchard.tags" + ONE, address).update();
    }

    /** Every target, the latest first. */
    List<TagChange> history(TagAddress address, PageRequest page) {
        return statement("""
                        SELECT id, artifact_id, changed_at, until, changed_by, change
                        FROM (SELECT *, lead(changed_at) OVER (ORDER BY id) AS until
                              FROM orchard.tag_history
                              WHERE project = :project AND package = :package AND tag = :tag) h
                        WHERE artifact_id IS NOT NULL AND (:after::bigint IS NULL OR id < :after::bigint)
                        ORDER BY id DESC
                        LIMIT :rows
                        """, address)
                .param("after", page.after())
                .param("rows", page.rows())
                .query((row, n) -> new TagChange(
                        row.getLong("id"),
                        Columns.sha256(row, "artifact_id"),
                        Columns.instant(row, "changed_at"),
                        Columns.instantOrNull(row, "until"),
                        row.getString("changed_by"),
                        row.getString("change")))
                .list();
    }

    private StatementSpec statement(String sql, TagAddress address) {
        return jdbc.sql(sql)
                .param("project", address.project().value())
                .param("package", address.packageName().value())
                .param("tag", address.tag().value());
    }

    private StatementSpec statement(String sql, TagAddress address, TagTarget target) {
        return statement(sql, address)
                .param("artifact", target.artifactId().bytes())
                .param("filename", target.filename())
                .param("content_type", target.contentType());
    }

    private static Tag tag(ResultSet row) throws SQLException {
        return new Tag(
                TagName.of(row.getString("name")),
                Columns.sha256(row, "artifact_id"),
                row.getLong("size"),
                row.getString("content_type"),
                row.getString("filename"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getString("updated_by"));
    }
}
