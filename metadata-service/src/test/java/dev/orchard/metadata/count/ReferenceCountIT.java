package dev.orchard.metadata.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.metadata.TestDatabase;
import dev.orchard.support.naming.Sha256;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference count on every path through the triggers. */
class ReferenceCountIT {
    private final String project = Sql.unique("p");
    private final String other = Sql.unique("q");
    private Sql app;
    private byte[] artifact;
    private byte[] second;

    @BeforeEach
    void connect() throws SQLException {
        app = new Sql(TestDatabase.app());
        app.as("alice", () -> {
            app.createPackage(project, "k");
            app.createPackage(other, "k");
            artifact = app.createArtifact();
            second = app.createArtifact();
        });
    }

    @AfterEach
    void close() throws SQLException {
        app.close();
    }

    @Test
    void startsANewArtifactAtZero() throws SQLException {
        assertThat(app.refCount(artifact)).isZero();
        assertThat(app.changes(artifact)).isEmpty();
    }

    @Test
    void countsATagThatIsInsertedMovedAndDeleted() throws SQLException {
        app.as("alice", () -> app.tag(project, "k", "t", artifact));
        app.as("alice", () -> app.tag(project, "k", "t", second));
        app.as("alice", () -> app.run("DELETE FROM orchard.tags WHERE project = ?", project));

        assertThat(app.changes(artifact)).containsExactly("0>1 tag.created", "1>0 tag.moved");
        assertThat(app.changes(second)).containsExactly("0>1 tag.moved", "1>0 tag.deleted");
    }

    @Test
    void doesNotCountAMoveToTheSameArtifact() throws SQLException {
        app.as("alice", () -> app.tag(project, "k", "t", artifact));
        app.as(
                "alice",
                () -> app.run(
                        "UPDATE orchard.tags SET artifact_id = artifact_id, filename = 'other' WHERE project = ?",
                        project));

        assertThat(app.changes(artifact)).containsExactly("0>1 tag.created");
    }

    @Test
    void keepsTheCountWhenTheSameTagIsUpsertedTwice() throws SQLException {
        app.as("alice", () -> app.tag(project, "k", "t", artifact));
        app.as("alice", () -> app.tag(project, "k", "t", artifact));

        assertThat(app.refCount(artifact)).isOne();
    }

    @Test
    void countsManyTagsOfOneStatementInOneChangePerArtifact() throws SQLException {
        app.as("alice", () -> app.run("""
                        INSERT INTO orchard.tags (project, package, name, artifact_id, filename, content_type)
                        SELECT ?, 'k', 't' || n, CASE WHEN n % 3 = 0 THEN ?::bytea ELSE ?::bytea END, 'f', 'text/plain'
                        FROM generate_series(1, 300) n
                        """, project, artifact, second));

        assertThat(app.changes(artifact)).containsExactly("0>100 tag.created");
        assertThat(app.changes(second)).containsExactly("0>200 tag.created");
    }

    @Test
    void swapsTheTargetsOfManyTagsInOneStatement() throws SQLException {
        app.as("alice", () -> app.tag(project, "k", "a", artifact));
        app.as("alice", () -> app.tag(project, "k", "b", second));
        app.as("alice", () -> app.tag(project, "k", "c", second));
        app.as(
                "alice",
                () -> app.run(
                        "UPDATE orchard.tags SET artifact_id = CASE artifact_id WHEN ? THEN ?::bytea ELSE ?::bytea END WHERE project = ?",
                        artifact,
                        second,
                        artifact,
                        project));

        assertThat(app.refCount(artifact)).isEqualTo(2);
        assertThat(app.refCount(second)).isEqualTo(1);
    }

    @Test
    void keepsWhatOtherProjectsReferToWhenAPackageGoes() throws SQLException {
        tagBothProjects();
        app.as("alice", () -> app.run("DELETE FROM orchard.packages WHERE project = ? AND name = 'k'", project));

        assertThat(app.refCount(artifact)).isOne();
        assertThat(app.changes(artifact)).last().isEqualTo("3>1 package.deleted");
    }

    @Test
    void keepsWhatOtherProjectsReferToWhenAProjectGoes() throws SQLException {
        tagBothProjects();
        app.as("alice", () -> app.run("DELETE FROM orchard.projects WHERE name = ?", project));

        assertThat(app.refCount(artifact)).isOne();
        assertThat(app.changes(artifact)).last().isEqualTo("3>1 project.deleted");
    }

    @Test
    void namesEachCauseWhereOneTransactionDeletesAPackageAndThenATag() throws SQLException {
        tagBothProjects();
        app.as("alice", () -> {
            app.run("DELETE FROM orchard.packages WHERE project = ? AND name = 'k'", project);
            app.run("DELETE FROM orchard.tags WHERE project = ?", other);
        });

        assertThat(app.changes(artifact)).endsWith("3>1 package.deleted", "1>0 tag.deleted");
    }

    @Test
    void leavesNoTraceOfATransactionThatIsRolledBack() throws SQLException {
        long before = app.number("SELECT count(*) FROM orchard.event_log");
        assertThatThrownBy(() -> app.as("alice", () -> {
                    app.tag(project, "k", "t", artifact);
                    throw new SQLException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(app.refCount(artifact)).isZero();
        assertThat(app.changes(artifact)).isEmpty();
        assertThat(app.number("SELECT count(*) FROM orchard.event_log")).isEqualTo(before);
    }

    @Test
    void keepsWhatASavepointKeepsOnly() throws SQLException {
        app.as("alice", () -> {
            app.tag(project, "k", "kept", artifact);
            var savepoint = app.connection().setSavepoint();
            app.tag(project, "k", "dropped", artifact);
            app.connection().rollback(savepoint);
        });

        assertThat(app.changes(artifact)).containsExactly("0>1 tag.created");
    }

    @Test
    void refusesATagOnAnArtifactThatIsNotThere() {
        assertThatThrownBy(() -> app.tag(project, "k", "t", Sql.sha256(Sql.unique("nothing"))))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23503"));
    }

    @Test
    void countsAndRecordsAsBreakGlassWhatIsDoneByHand() throws SQLException {
        try (var psql = new Sql(TestDatabase.superuser())) {
            psql.tag(project, "k", "by-hand", artifact);
        }

        assertThat(app.refCount(artifact)).isOne();
        assertThat(app.strings("""
                        SELECT payload::json->>'actor' || ' ' || (payload::json->>'breakglass') || ' ' || (payload::json->>'dbuser')
                        FROM orchard.event_log WHERE subject IN (?, ?) AND type <> 'dev.orchard.artifact.stored.v1'
                        """, "artifact/" + Sha256.of(artifact), "project/" + project + "/package/k/tag/by-hand"))
                .containsExactly("postgres:postgres true postgres", "postgres:postgres true postgres");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE orchard.artifacts SET ref_count = 7",
                "UPDATE orchard.artifacts SET seq = 7",
                "UPDATE orchard.artifacts SET zero_since = NULL",
                "INSERT INTO orchard.artifacts (id, size, checksum_crc32c, content_type, storage_key, created_by, ref_count) "
                        + "VALUES (sha256('x'), 1, '00000000', 'a/b', 'blobs/x', 'x', 1)",
                "DELETE FROM orchard.artifacts",
                "INSERT INTO orchard.event_log (event_id, recorded_at, type, subject, payload) VALUES (uuidv7(), now(), 'a', 'b', 'c')",
                "UPDATE orchard.event_log SET payload = ''",
                "DELETE FROM orchard.event_log",
                "TRUNCATE orchard.tags",
                "SELECT orchard.log_event('a', 'b', '{}'::json)",
                "SELECT orchard.add_references(sha256('x'), 1, 'c')",
                "UPDATE orchard.tags SET name = 'other'",
                "INSERT INTO orchard.tag_history (project, package, tag, change, changed_at, changed_by) VALUES ('a','b','c','created',now(),'d')",
                "ALTER TABLE orchard.tags DISABLE TRIGGER ALL",
                "SET session_replication_role = replica",
            })
    void refusesTheServicesRoleWhatOnlyTheDatabaseMayDo(String sql) {
        assertThatThrownBy(() -> app.run(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE orchard.artifacts SET ref_count = 7",
                "UPDATE orchard.artifacts SET size = 7",
                "INSERT INTO orchard.artifacts (id, size, checksum_crc32c, content_type, storage_key, created_by, ref_count, zero_since) "
                        + "VALUES (sha256('x'), 1, '00000000', 'a/b', 'blobs/x', 'x', 1, NULL)",
                "UPDATE orchard.event_log SET payload = ''",
                "DELETE FROM orchard.event_log",
                "TRUNCATE orchard.event_log",
                "TRUNCATE orchard.tags",
                "TRUNCATE orchard.projects CASCADE",
                "DELETE FROM orchard.tag_history",
                "UPDATE orchard.tags SET name = 'other'",
            })
    void refusesASuperusersSlips(String sql) throws SQLException {
        app.as("alice", () -> app.tag(project, "k", "t", artifact));
        try (var psql = new Sql(TestDatabase.superuser())) {
            assertThatThrownBy(() -> psql.run(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23000"));
        }
    }

    private void tagBothProjects() throws SQLException {
        app.as("alice", () -> app.tag(project, "k", "a", artifact));
        app.as("alice", () -> app.tag(project, "k", "b", artifact));
        app.as("alice", () -> app.tag(other, "k", "a", artifact));
    }
}
