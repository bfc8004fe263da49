package dev.orchard.metadata.statistics;

import dev.orchard.support.naming.ProjectName;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sums in PostgreSQL, made when they are asked for: a count that is never kept cannot drift. */
@Repository
class PostgresStatisticsStore {
    private static final String SUMS = """
            SELECT * FROM
                (SELECT count(*) AS uploads, coalesce(sum(size), 0) AS logical_bytes,
                        count(*) FILTER (WHERE deduplicated) AS deduplicated_uploads,
                        coalesce(sum(size) FILTER (WHERE deduplicated), 0) AS bytes_saved
                 FROM orchard.uploads WHERE :project::text IS NULL OR project = :project) u,
                (SELECT count(*) AS artifacts, coalesce(sum(size), 0) AS stored_bytes,
                        count(*) FILTER (WHERE ref_count = 0) AS orphaned_artifacts,
                        coalesce(sum(size) FILTER (WHERE ref_count = 0), 0) AS orphaned_bytes
                 FROM orchard.artifacts
                 WHERE :project::text IS NULL OR id IN (
                     SELECT artifact_id FROM orchard.uploads WHERE project = :project
                     UNION
                     SELECT artifact_id FROM orchard.tags WHERE project = :project)) a
            """;

    private final JdbcClient jdbc;

    PostgresStatisticsStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Statistics read(@Nullable ProjectName project) {
        return jdbc.sql(SUMS)
                .param("project", project == null ? null : project.value())
                .query((row, n) -> statistics(row))
                .single();
    }

    private static Statistics statistics(ResultSet row) throws SQLException {
        long logical = row.getLong("logical_bytes");
        long stored = row.getLong("stored_bytes");
        return new Statistics(
                logical,
                stored,
                row.getLong("bytes_saved"),
                stored == 0 ? 1 : (double) logical / stored,
                row.getLong("uploads"),
                row.getLong("deduplicated_uploads"),
                row.getLong("artifacts"),
                row.getLong("orphaned_artifacts"),
                row.getLong("orphaned_bytes"));
    }
}
