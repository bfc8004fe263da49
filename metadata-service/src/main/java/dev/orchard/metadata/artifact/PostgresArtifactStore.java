package dev.orchard.metadata.artifact;

import dev.orchard.metadata.database.Columns;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import dev.orchard.support.paging.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Artifacts in PostgreSQL. Their counts are read here and written by the triggers on tags only. */
@Repository
class PostgresArtifactStore {
    private static final String COLUMNS = """
            a.id, a.size, a.checksum_crc32c, a.checksum_sha1, a.checksum_md5, a.content_type, a.ref_count,
            a.created_at, a.created_by
            """;

    private final JdbcClient jdbc;

    PostgresArtifactStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Artifact> find(Sha256 id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM orchard.artifacts a WHERE a.id = :id")
                .param("id", id.bytes())
                .query((row, n) -> artifact(row))
                .optional();
    }

    List<Reference> references(Sha256 id, int limit) {
        return jdbc.sql("""
                        SELECT project, package, name FROM orchard.tags
                        WHERE artifact_id = :id ORDER BY project, package, name LIMIT :limit
                        """)
                .param("id", id.bytes())
                .param("limit", limit)
                .query((row, n) -> new Reference(
                        ProjectName.of(row.getString("project")),
                        PackageName.of(row.getString("package")),
                        TagName.of(row.getString("name"))))
                .list();
    }

    List<Artifact> list(ProjectName project, PackageName packageName, PageRequest page) {
        return jdbc.sql("SELECT " + COLUMNS + """
                        FROM orchard.artifacts a
                        WHERE a.id IN (
                            SELECT artifact_id FROM orchard.uploads WHERE project = :project AND package = :package
                            UNION
                            SELECT artifact_id FROM orchard.tags WHERE project = :project AND package = :package)
                          AND (:after::text IS NULL OR a.id > decode(:after, 'hex'))
                        ORDER BY a.id
                        LIMIT :rows
                        """)
                .param("project", project.value())
                .param("package", packageName.value())
                .param("after", page.after())
                .param("rows", page.rows())
                .query((row, n) -> artifact(row))
                .list();
    }

    boolean lockShared(Sha256 id) {
        return jdbc.sql("SELECT 1 FROM orchard.artifacts WHERE id = :id FOR KEY SHARE")
                .param("id", id.bytes())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    ReferencedArtifacts referencedFrom(ProjectName project, @Nullable PackageName packageName) {
        var counts = jdbc.sql("""
                        SELECT artifact_id, count(*) AS tags FROM orchard.tags
                        WHERE project = :project AND (:package::text IS NULL OR package = :package)
                        GROUP BY artifact_id
                        """)
                .param("project", project.value())
                .param("package", packageName == null ? null : packageName.value())
                .query((row, n) -> new Count(Columns.sha256(row, "artifact_id"), row.getLong("tags")))
                .list();
        return new ReferencedArtifacts(
                counts.stream().mapToLong(Count::tags).sum(),
                counts.stream().map(Count::artifact).toList());
    }

    private record Count(Sha256 artifact, long tags) {}

    long countUnreferenced(Collection<Sha256> ids) {
        return jdbc.sql("SELECT count(*) FROM orchard.artifacts WHERE id = ANY (:ids) AND ref_count = 0")
                .param("ids", Columns.array(ids))
                .query(Long.class)
                .single();
    }

    private static Artifact artifact(ResultSet row) throws SQLException {
        Sha256 id = Columns.sha256(row, "id");
        return new Artifact(
                id,
                id,
                row.getString("checksum_crc32c"),
                row.getString("checksum_sha1"),
                row.getString("checksum_md5"),
                row.getLong("size"),
                row.getString("content_type"),
                row.getLong("ref_count"),
                Columns.instant(row, "created_at"),
                row.getString("created_by"));
    }
}
