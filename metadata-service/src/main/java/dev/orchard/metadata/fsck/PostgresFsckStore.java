package dev.orchard.metadata.fsck;

import dev.orchard.metadata.database.Columns;
import dev.orchard.metadata.fsck.FsckJob.Findings;
import dev.orchard.support.context.RequestContext;
import dev.orchard.support.naming.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Jobs of fsck and their findings in PostgreSQL: whichever replica is asked, it knows. */
@Repository
class PostgresFsckStore {
    private static final int MOST_ITEMS = 1000;
    private static final Findings NONE = new Findings(0, 0, 0, 0, 0);

    private final JdbcClient jdbc;

    PostgresFsckStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A new job that runs; empty if one does. */
    Optional<UUID> begin(FsckRequest request) {
        UUID id = UUID.randomUUID();
        try {
            jdbc.sql("""
                            INSERT INTO orchard.fsck_jobs (job_id, digests, repair, total, started_by)
                            SELECT :id, :digests, :repair, 2 * count(*), :actor FROM orchard.artifacts
                            """)
                    .param("id", id)
                    .param("digests", request.readsDigests())
                    .param("repair", request.repairs())
                    .param("actor", RequestContext.current().actor())
                    .update();
            return Optional.of(id);
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
    }

    /** Ends a job whose process shows no life. */
    void failDead(Duration after) {
        jdbc.sql("""
                        UPDATE orchard.fsck_jobs SET status = 'failed', finished_at = now()
                        WHERE status = 'running' AND alive_at < now() - :after * interval '1 millisecond'
                        """).param("after", after.toMillis()).update();
    }

    void live(UUID job) {
        jdbc.sql("UPDATE orchard.fsck_jobs SET alive_at = now() WHERE job_id = :id AND status = 'running'")
                .param("id", job)
                .update();
    }

    /** Says that a job lives and how far it is; false if it was ended. */
    boolean advance(UUID job, String phase, long more) {
        return jdbc.sql("""
                                UPDATE orchard.fsck_jobs SET phase = :phase, checked = checked + :more, alive_at = now()
                                WHERE job_id = :id AND status = 'running'
                                """)
                        .param("id", job)
                        .param("phase", phase)
                        .param("more", more)
                        .update()
                == 1;
    }

    /** Whether it was running. */
    boolean end(UUID job, String status) {
        return jdbc.sql("""
                                UPDATE orchard.fsck_jobs SET status = :status, finished_at = now(),
                                    phase = CASE WHEN :status = 'completed' THEN 'done' ELSE phase END
                                WHERE job_id = :id AND status = 'running'
                                """).param("id", job).param("status", status).update() == 1;
    }

    void add(UUID job, Finding finding) {
        Sha256 artifact = finding.artifactId();
        jdbc.sql("""
                        INSERT INTO orchard.fsck_findings (job_id, kind, artifact_id, storage_key, expected, found, repaired)
                        VALUES (:job, :kind, :artifact, :key, :expected, :found, :repaired)
                        """)
                .param("job", job)
                .param("kind", finding.kind().text())
                .param("artifact", artifact == null ? null : artifact.bytes())
                .param("key", finding.storageKey())
                .param("expected", finding.expected())
                .param("found", finding.found())
                .param("repaired", finding.repaired())
                .update();
    }

    Optional<FsckJob> find(UUID id) {
        return jdbc.sql("SELECT * FROM orchard.fsck_jobs WHERE job_id = :id")
                .param("id", id)
                .query((row, n) -> job(row))
                .optional()
                .map(job -> job.with(findings(id), items(id)));
    }

    /** The latest jobs, without their items. */
    List<FsckJob> list() {
        return jdbc
                .sql("SELECT * FROM orchard.fsck_jobs ORDER BY started_at DESC LIMIT 100")
                .query((row, n) -> job(row))
                .list()
                .stream()
                .map(job -> job.with(findings(job.jobId()), List.of()))
                .toList();
    }

    private Findings findings(UUID job) {
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE kind = 'missing_blob') AS missing_blobs,
                               count(*) FILTER (WHERE kind = 'wrong_size') AS wrong_sizes,
                               count(*) FILTER (WHERE kind = 'wrong_digest') AS wrong_digests,
                               count(*) FILTER (WHERE kind = 'unreferenced_blob') AS unreferenced_blobs,
                               count(*) FILTER (WHERE kind = 'wrong_count') AS wrong_counts
                        FROM orchard.fsck_findings WHERE job_id = :id
                        """)
                .param("id", job)
                .query((row, n) -> new Findings(
                        row.getLong("missing_blobs"),
                        row.getLong("wrong_sizes"),
                        row.getLong("wrong_digests"),
                        row.getLong("unreferenced_blobs"),
                        row.getLong("wrong_counts")))
                .single();
    }

    private List<Finding> items(UUID job) {
        return jdbc.sql("SELECT * FROM orchard.fsck_findings WHERE job_id = :id ORDER BY n LIMIT :most")
                .param("id", job)
                .param("most", MOST_ITEMS)
                .query((row, n) -> finding(row))
                .list();
    }

    private static Finding finding(ResultSet row) throws SQLException {
        byte @Nullable [] artifact = row.getBytes("artifact_id");
        return new Finding(
                Finding.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                artifact == null ? null : Sha256.of(artifact),
                row.getString("storage_key"),
                row.getString("expected"),
                row.getString("found"),
                row.getBoolean("repaired"));
    }

    private static FsckJob job(ResultSet row) throws SQLException {
        return new FsckJob(
                row.getObject("job_id", UUID.class),
                row.getString("status"),
                row.getString("phase"),
                row.getBoolean("digests"),
                row.getBoolean("repair"),
                row.getLong("checked"),
                row.getLong("total"),
                NONE,
                List.of(),
                Columns.instant(row, "started_at"),
                row.getString("started_by"),
                Columns.instantOrNull(row, "finished_at"));
    }
}
