package dev.orchard.metadata.project;

import dev.orchard.metadata.database.Columns;
import dev.orchard.support.context.RequestContext;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.paging.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Projects in PostgreSQL. */
@Repository
class PostgresProjectStore {
    private final JdbcClient jdbc;

    PostgresProjectStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether it was inserted: false if the name is taken. */
    boolean insert(NewProject project) {
        return jdbc.sql("""
                                INSERT INTO orchard.projects (name, description, visibility, created_by)
                                VALUES (:name, :description, :visibility, :actor)
                                ON CONFLICT (name) DO NOTHING
                                """)
                        .param("name", project.name().value())
                        .param("description", project.descriptionOrEmpty())
                        .param("visibility", project.visibilityOrPrivate().text())
                        .param("actor", RequestContext.current().actor())
                        .update()
                == 1;
    }

    List<Project> list(String part, PageRequest page) {
        return jdbc.sql("""
                        SELECT name, description, visibility, created_at, created_by
                        FROM orchard.projects
                        WHERE strpos(name, lower(:part)) > 0 AND (:after::text IS NULL OR name > :after)
                        ORDER BY name
                        LIMIT :rows
                        """)
                .param("part", part)
                .param("after", page.after())
                .param("rows", page.rows())
                .query((row, n) -> project(row))
                .list();
    }

    boolean exists(ProjectName name) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM orchard.projects WHERE name = :name)")
                .param("name", name.value())
                .query(Boolean.class)
                .single();
    }

    Optional<ProjectDetails> find(ProjectName name) {
        return jdbc.sql("""
                        SELECT p.name, p.description, p.visibility, p.created_at, p.created_by,
                               (SELECT count(*) FROM orchard.packages k WHERE k.project = p.name) AS package_count,
                               coalesce(t.tag_count, 0) AS tag_count, coalesce(t.artifact_count, 0) AS artifact_count,
                               coalesce(t.logical_bytes, 0) AS logical_bytes, coalesce(t.stored_bytes, 0) AS stored_bytes
                        FROM orchard.projects p
                        CROSS JOIN LATERAL (
                            SELECT sum(c.tags) AS tag_count, count(*) AS artifact_count,
                                   sum(c.tags * a.size) AS logical_bytes, sum(a.size) AS stored_bytes
                            FROM (SELECT artifact_id, count(*) AS tags FROM orchard.tags
                                  WHERE project = p.name GROUP BY artifact_id) c
                            JOIN orchard.artifacts a ON a.id = c.artifact_id) t
                        WHERE p.name = :name
                        """)
                .param("name", name.value())
                .query((row, n) -> new ProjectDetails(
                        project(row),
                        row.getLong("package_count"),
                        row.getLong("tag_count"),
                        row.getLong("artifact_count"),
                        row.getLong("logical_bytes"),
                        row.getLong("stored_bytes")))
                .optional();
    }

    /** Locks a project, so that nothing is added to it until the transaction ends; false if there is none. */
    boolean lock(ProjectName name) {
        return jdbc.sql("SELECT 1 FROM orchard.projects WHERE name = :name FOR UPDATE")
                .param("name", name.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Locks the packages of a locked project, so that no tag of theirs changes any more, and answers how many there are. */
    int lockPackages(ProjectName name) {
        return jdbc.sql("SELECT 1 FROM orchard.packages WHERE project = :name ORDER BY name FOR UPDATE")
                .param("name", name.value())
                .query(Integer.class)
                .list()
                .size();
    }

    void delete(ProjectName name) {
        jdbc.sql("DELETE FROM orchard.projects WHERE name = :name")
                .param("name", name.value())
                .update();
    }

    private static Project project(ResultSet row) throws SQLException {
        return new Project(
                ProjectName.of(row.getString("name")),
                row.getString("description"),
                Visibility.of(row.getString("visibility")),
                Columns.instant(row, "created_at"),
                row.getString("created_by"));
    }
}
