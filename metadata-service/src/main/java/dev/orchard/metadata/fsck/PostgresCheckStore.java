package dev.orchard.metadata.fsck;

import dev.orchard.metadata.database.Columns;
import dev.orchard.support.naming.Sha256;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What PostgreSQL says that there should be, read in pieces and without locks. */
@Repository
class PostgresCheckStore {
    private final JdbcClient jdbc;

    PostgresCheckStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An artifact's row, as far as its blob must agree with it. */
    record ExpectedBlob(Sha256 artifactId, long size, String storageKey) {}

    /** A count, and the number of tags. */
    record Count(Sha256 artifactId, long counted, long tags) {}

    /** The artifacts after one, in order of their digests. */
    List<ExpectedBlob> artifacts(@Nullable Sha256 after, int limit) {
        return jdbc.sql("""
                        SELECT id, size, storage_key FROM orchard.artifacts
                        WHERE :after::bytea IS NULL OR id > :after::bytea ORDER BY id LIMIT :limit
                        """)
                .param("after", after == null ? null : after.bytes())
                .param("limit", limit)
                .query((row, n) ->
                        new ExpectedBlob(Columns.sha256(row, "id"), row.getLong("size"), row.getString("storage_key")))
                .list();
    }

    /** Whether the artifact is still there and its blob still where it was. */
    boolean isCurrent(ExpectedBlob blob) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM orchard.artifacts WHERE id = :id AND storage_key = :key)")
                .param("id", blob.artifactId().bytes())
                .param("key", blob.storageKey())
                .query(Boolean.class)
                .single();
    }

    /** The counts that differ from the tags, each read in one snapshot with them. */
    List<Count> wrongCounts(byte firstByte) {
        return jdbc.sql("""
                        SELECT a.id, a.ref_count, coalesce(t.tags, 0) AS tags
                        FROM orchard.artifacts a
                        LEFT JOIN (SELECT artifact_id, count(*) AS tags FROM orchard.tags
                                   WHERE artifact_id >= :from AND (:to::bytea IS NULL OR artifact_id < :to::bytea)
                                   GROUP BY artifact_id) t ON t.artifact_id = a.id
                        WHERE a.id >= :from AND (:to::bytea IS NULL OR a.id < :to::bytea)
                          AND a.ref_count <> coalesce(t.tags, 0)
                        """)
                .param("from", new byte[] {firstByte})
                .param("to", firstByte == (byte) 0xff ? null : new byte[] {(byte) (firstByte + 1)})
                .query((row, n) -> new Count(Columns.sha256(row, "id"), row.getLong("ref_count"), row.getLong("tags")))
                .list();
    }

    /** Sets a count right, within a transaction of the caller's; empty if it was. */
    Optional<Count> repair(Sha256 artifact) {
        return jdbc.sql("SELECT before, after FROM orchard.repair_count(:id) WHERE before IS NOT NULL")
                .param("id", artifact.bytes())
                .query((row, n) -> new Count(artifact, row.getLong("before"), row.getLong("after")))
                .optional();
    }
}
