package dev.orchard.metadata.content;

import dev.orchard.metadata.database.Columns;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where content lies, in PostgreSQL. */
@Repository
class PostgresContentStore {
    private final JdbcClient jdbc;

    PostgresContentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Content> find(ProjectName project, PackageName packageName, TagName tag) {
        return jdbc.sql("""
                        SELECT a.id, a.size, a.storage_key, a.checksum_crc32c, t.content_type, t.filename,
                               (SELECT max(h.changed_at) FROM orchard.tag_history h
                                WHERE h.project = t.project AND h.package = t.package AND h.tag = t.name) AS last_modified
                        FROM orchard.tags t JOIN orchard.artifacts a ON a.id = t.artifact_id
                        WHERE t.project = :project AND t.package = :package AND t.name = :tag
                        """)
                .param("project", project.value())
                .param("package", packageName.value())
                .param("tag", tag.value())
                .query((row, n) -> content(row))
                .optional();
    }

    /** Under the name of its last upload to the package, else of a tag there. */
    Optional<Content> find(ProjectName project, PackageName packageName, Sha256 digest) {
        return jdbc.sql("""
                        SELECT a.id, a.size, a.storage_key, a.checksum_crc32c, n.content_type, n.filename,
                               a.created_at AS last_modified
                        FROM orchard.artifacts a
                        CROSS JOIN LATERAL (
                            (SELECT content_type, filename, 1 AS place FROM orchard.uploads
                             WHERE project = :project AND package = :package AND artifact_id = a.id
                             ORDER BY uploaded_at DESC LIMIT 1)
                            UNION ALL
                            (SELECT content_type, filename, 2 FROM orchard.tags
                             WHERE artifact_id = a.id AND project = :project AND package = :package LIMIT 1)
                            ORDER BY place LIMIT 1) n
                        WHERE a.id = :id
                        """)
                .param("project", project.value())
                .param("package", packageName.value())
                .param("id", digest.bytes())
                .query((row, n) -> content(row))
                .optional();
    }

    void report(UnavailableBlob blob) {
        jdbc.sql("SELECT orchard.report_unavailable(:id, :project, :package, :key, :expected, :found::bigint)")
                .param("id", blob.artifactId().bytes())
                .param("project", blob.project().value())
                .param("package", blob.packageName().value())
                .param("key", blob.storageKey())
                .param("expected", blob.expectedSize())
                .param("found", blob.foundSize())
                .query()
                .singleRow();
    }

    private static Content content(ResultSet row) throws SQLException {
        return new Content(
                Columns.sha256(row, "id"),
                row.getLong("size"),
                row.getString("storage_key"),
                row.getString("checksum_crc32c"),
                row.getString("content_type"),
                row.getString("filename"),
                Columns.instant(row, "last_modified"));
    }
}
