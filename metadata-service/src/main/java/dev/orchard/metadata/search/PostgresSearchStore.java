package dev.orchard.metadata.search;

import dev.orchard.support.paging.PageRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The search in PostgreSQL. Reads all names: fast enough for some hundred thousand of them. */
@Repository
class PostgresSearchStore {
    private final JdbcClient jdbc;

    PostgresSearchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Hit> search(String text, PageRequest page) {
        return jdbc.sql("""
                        SELECT kind, project, package, tag, filename, artifact_id, key FROM (
                            SELECT 'project' AS kind, name AS project, NULL AS package, NULL AS tag, NULL AS filename,
                                   NULL AS artifact_id, '1/' || name COLLATE "C" AS key
                            FROM orchard.projects WHERE strpos(name, :text) > 0
                            UNION ALL
                            SELECT 'package', project, name, NULL, NULL, NULL, '2/' || project || '/' || name
                            FROM orchard.packages WHERE strpos(name, :text) > 0
                            UNION ALL
                            SELECT 'tag', project, package, name, filename, orchard.hex(artifact_id),
                                   '3/' || project || '/' || package || '/' || name
                            FROM orchard.tags WHERE strpos(lower(name), :text) > 0
                            UNION ALL
                            SELECT DISTINCT 'filename', project, package, NULL, filename, orchard.hex(artifact_id),
                                   '4/' || project || '/' || package || '/' || filename || '/' || orchard.hex(artifact_id)
                            FROM orchard.uploads WHERE strpos(lower(filename), :text) > 0
                            UNION ALL
                            SELECT 'artifact', NULL, NULL, NULL, NULL, orchard.hex(id), '5/' || orchard.hex(id)
                            FROM orchard.artifacts WHERE starts_with(orchard.hex(id), :text)) hits
                        WHERE :after::text IS NULL OR key > :after
                        ORDER BY key
                        LIMIT :rows
                        """)
                .param("text", text.toLowerCase(Locale.ROOT))
                .param("after", page.after())
                .param("rows", page.rows())
                .query((row, n) -> new Hit(
                        row.getString("kind"),
                        row.getString("project"),
                        row.getString("package"),
                        row.getString("tag"),
                        row.getString("filename"),
                        row.getString("artifact_id"),
                        row.getString("key")))
                .list();
    }
}
