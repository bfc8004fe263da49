package dev.orchard.metadata.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.metadata.Answer;
import dev.orchard.metadata.TestDatabase;
import dev.orchard.metadata.TestPackage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deletion that meets an upload which is not committed yet. */
class DeletionAmongUploadsIT {
    private final TestPackage here = TestPackage.create();
    private final String artifact = here.uploadNew();

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/project/%s", "/api/v1/project/%s/packages/k"})
    void countsTheTagThatItWaitedFor(String path) throws Exception {
        try (var upload = TestDatabase.app()) {
            tagUncommitted(upload);
            CompletableFuture<Answer> deletion =
                    CompletableFuture.supplyAsync(() -> here.client().delete(path.formatted(here.project())));
            awaitWaiterFor(upload);
            upload.commit();

            var deleted = deletion.get().expect(200).json();
            assertThat(deleted.required("tags_deleted").asLong()).isOne();
            assertThat(deleted.required("artifacts_released").asLong()).isOne();
            assertThat(here.refCount(artifact)).isZero();
        }
    }

    @Test
    void countsNothingOfAnUploadThatIsRolledBack() throws Exception {
        try (var upload = TestDatabase.app()) {
            tagUncommitted(upload);
            CompletableFuture<Answer> deletion =
                    CompletableFuture.supplyAsync(() -> here.client().delete("/api/v1/project/" + here.project()));
            awaitWaiterFor(upload);
            upload.rollback();

            assertThat(deletion.get()
                            .expect(200)
                            .json()
                            .required("tags_deleted")
                            .asLong())
                    .isZero();
        }
    }

    /** As an upload does it: the package held, then the tag. */
    private void tagUncommitted(Connection upload) throws SQLException {
        upload.setAutoCommit(false);
        try (var statement = upload.createStatement()) {
            statement.execute("SELECT 1 FROM orchard.packages WHERE project = '" + here.project() + "' FOR KEY SHARE");
            statement.execute("""
                    INSERT INTO orchard.tags (project, package, name, artifact_id, filename, content_type)
                    VALUES ('%s', 'k', 'v1', decode('%s', 'hex'), 'a.txt', 'text/plain')
                    """.formatted(here.project(), artifact));
        }
    }

    private void awaitWaiterFor(Connection upload) throws SQLException {
        int pid = upload.unwrap(org.postgresql.PGConnection.class).getBackendPID();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> here.stage()
                        .database()
                        .sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid)))")
                        .param(pid)
                        .query(Boolean.class)
                        .single());
    }
}
