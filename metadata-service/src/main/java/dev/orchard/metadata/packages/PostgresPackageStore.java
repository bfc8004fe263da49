package dev.orchard.metadata.packages;

import dev.orchard.metadata.database.Columns;
import dev.orchard.support.context.RequestContext;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.paging.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Packages in PostgreSQL. Locks are taken in one order: project, package, tag, artifact. */
@Repository
class PostgresPackageStore {
    private final JdbcClient jdbc;

    PostgresPackageStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a project from being deleted until the transaction ends; false if there is none. */
    boolean lockProject(ProjectName project) {
        return jdbc.sql("SELECT 1 FROM orchard.projects WHERE name = :project FOR KEY SHARE")
                .param("project", project.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Whether it was inserted: false if the name is taken. */
    boolean insert(ProjectName project, NewPackage created) {
        return statement("""
                                INSERT INTO orchard.packages (project, name, description, created_by)
                                VALUES (:project, :name, :description, :actor)
                                ON CONFLICT (project, name) DO NOTHING
                                """, project, created.name())
                        .param("description", created.descriptionOrEmpty())
                        .param("actor", RequestContext.current().actor())
                        .update()
                == 1;
    }

    List<Package> list(ProjectName project, String part, PageRequest page) {
        return jdbc.sql("""
                        SELECT project, name, description, created_at, created_by
                        FROM orchard.packages
                        WHERE project = :project AND strpos(name, lower(:part)) > 0
                          AND (:after::text IS NULL OR name > :after)
                        ORDER BY name
                        LIMIT :rows
                        """)
                .param("project", project.value())
                .param("part", part)
                .param("after", page.after())
                .param("rows", page.rows())
                .query((row, n) -> toPackage(row))
                .list();
    }

    boolean exists(ProjectName project, PackageName name) {
        return statement(
                        "SELECT EXISTS (SELECT FROM orchard.packages WHERE project = :project AND name = :name)",
                        project,
                        name)
                .query(Boolean.class)
                .single();
    }

    Optional<PackageDetails> find(ProjectName project, PackageName name) {
        return statement("""
                        SELECT k.project, k.name, k.description, k.created_at, k.created_by,
                               coalesce(t.tag_count, 0) AS tag_count, coalesce(t.artifact_count, 0) AS artifact_count,
                               coalesce(t.logical_bytes, 0) AS logical_bytes, coalesce(t.stored_bytes, 0) AS stored_bytes
                        FROM orchard.packages k
                        CROSS JOIN LATERAL (
                            SELECT sum(c.tags) AS tag_count, count(*) AS artifact_count,
                                   sum(c.tags * a.size) AS logical_bytes, sum(a.size) AS stored_bytes
                            FROM (SELECT artifact_id, count(*) AS tags FROM orchard.tags
                                  WHERE project = k.project AND package = k.name GROUP BY artifact_id) c
                            JOIN orchard.artifacts a ON a.id = c.artifact_id) t
                        WHERE k.project = :project AND k.name = :name
                        """, project, name)
                .query((row, n) -> new PackageDetails(
                        toPackage(row),
                        row.getLong("tag_count"),
                        row.getLong("artifact_count"),
                        row.getLong("logical_bytes"),
                        row.getLong("stored_bytes")))
                .optional();
    }

    boolean lockShared(ProjectName project, PackageName name) {
        return lock(project, name, "FOR KEY SHARE");
    }

    boolean lock(ProjectName project, PackageName name) {
        return lockProject(project) && lock(project, name, "FOR UPDATE");
    }

    void delete(ProjectName project, PackageName name) {
        statement("DELETE FROM orchard.packages WHERE project = :project AND name = :name", project, name)
                .update();
    }

    private boolean lock(ProjectName project, PackageName name, String strength) {
        return statement(
                        "SELECT 1 FROM orchard.packages WHERE project = :project AND name = :name " + strength,
                        project,
                        name)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private StatementSpec statement(String sql, ProjectName project, PackageName name) {
        return jdbc.sql(sql).param("project", project.value()).param("name", name.value());
    }

    private static Package toPackage(ResultSet row) throws SQLException {
        return new Package(
                ProjectName.of(row.getString("project")),
                PackageName.of(row.getString("name")),
                row.getString("description"),
                Columns.instant(row, "created_at"),
                row.getString("created_by"));
    }
}
