package dev.orchard.metadata.resumable;

import dev.orchard.metadata.database.Columns;
import dev.orchard.metadata.resumable.ResumableMetrics.Open;
import dev.orchard.support.context.RequestContext;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Uploads in parts, in PostgreSQL. What has expired is not there, even before it is collected. */
@Repository
class PostgresResumableStore {
    /** However often a part comes, an upload ends: the store removes parts that are older than twice this. */
    private static final Duration LONGEST = Duration.ofDays(14);

    private static final String EXPIRY =
            "least(now() + :lifetime * interval '1 millisecond', created_at + :longest * interval '1 millisecond')";

    private final JdbcClient jdbc;

    PostgresResumableStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UUID uploadId, String key, String handle, ResumableRequest request, Duration lifetime) {
        TagName tag = request.tag();
        Sha256 sha256 = request.sha256();
        jdbc.sql("""
                        INSERT INTO orchard.resumable_uploads (upload_id, kind, storage_key, handle, project, package, tag,
                            filename, content_type, size, sha256, if_match, if_none_match, part_size, created_by, expires_at)
                        VALUES (:id, :kind, :key, :handle, :project, :package, :tag, :filename, :content_type, :size, :sha256,
                            :if_match, :if_none_match, :part_size, :actor, now() + :lifetime * interval '1 millisecond')
                        """)
                .param("id", uploadId)
                .param("kind", request.kind().text())
                .param("key", key)
                .param("handle", handle)
                .param("project", request.project().value())
                .param("package", request.packageName().value())
                .param("tag", tag == null ? null : tag.value())
                .param("filename", request.filename())
                .param("content_type", request.contentType())
                .param("size", request.size())
                .param("sha256", sha256 == null ? null : sha256.bytes())
                .param("if_match", request.ifMatch())
                .param("if_none_match", request.ifNoneMatch())
                .param("part_size", request.partSize())
                .param("actor", RequestContext.current().actor())
                .param("lifetime", lifetime.toMillis())
                .update();
    }

    Optional<ResumableUpload> find(UUID uploadId) {
        return find(uploadId, "");
    }

    /** The upload as it is until the transaction ends, without its parts. */
    Optional<ResumableUpload> lock(UUID uploadId) {
        return find(uploadId, "FOR NO KEY UPDATE");
    }

    void takeWriter(UUID uploadId) {
        one("UPDATE orchard.resumable_uploads SET writer = writer + 1 WHERE upload_id = :id", uploadId)
                .update();
    }

    void setSize(UUID uploadId, long size) {
        one("UPDATE orchard.resumable_uploads SET size = :size WHERE upload_id = :id", uploadId)
                .param("size", size)
                .update();
    }

    void setAssembled(UUID uploadId, long size) {
        one("UPDATE orchard.resumable_uploads SET status = 'assembled', size = :size WHERE upload_id = :id", uploadId)
                .param("size", size)
                .update();
    }

    /** Keeps a part of an upload that is locked, in place of the same part if it was there. */
    void put(ResumableUpload upload, int number, ReceivedPart part, Duration lifetime) {
        long before = one(
                        "SELECT size FROM orchard.upload_parts WHERE upload_id = :id AND part = :part",
                        upload.uploadId())
                .param("part", number)
                .query(Long.class)
                .optional()
                .orElse(0L);
        one("""
                        INSERT INTO orchard.upload_parts (upload_id, part, size, checksum_crc32c, id)
                        VALUES (:id, :part, :size, :crc32c, :name)
                        ON CONFLICT (upload_id, part) DO UPDATE
                        SET size = excluded.size, checksum_crc32c = excluded.checksum_crc32c, id = excluded.id
                        """, upload.uploadId())
                .param("part", number)
                .param("size", part.size())
                .param("crc32c", part.checksumCrc32c())
                .param("name", part.id())
                .update();
        var digest = part.digest(upload, number);
        one(
                        "UPDATE orchard.resumable_uploads SET received_bytes = received_bytes + :more,"
                                + " digest_state = :state, digest_bytes = :bytes, expires_at = " + EXPIRY
                                + " WHERE upload_id = :id",
                        upload.uploadId())
                .param("more", part.size() - before)
                .param("state", digest.state())
                .param("bytes", digest.bytes())
                .param("lifetime", lifetime.toMillis())
                .param("longest", LONGEST.toMillis())
                .update();
    }

    Open countOpen() {
        return jdbc.sql("""
                        SELECT count(*) AS uploads, coalesce(sum(received_bytes), 0) AS bytes
                        FROM orchard.resumable_uploads WHERE expires_at > now()
                        """)
                .query((row, n) -> new Open(row.getLong("uploads"), row.getLong("bytes")))
                .single();
    }

    /** Takes an upload away and answers its key. */
    Optional<String> delete(UUID uploadId) {
        return one("DELETE FROM orchard.resumable_uploads WHERE upload_id = :id RETURNING storage_key", uploadId)
                .query(String.class)
                .optional();
    }

    private Optional<ResumableUpload> find(UUID uploadId, String lock) {
        var parts = lock.isEmpty() ? parts(uploadId) : List.<UploadPart>of();
        return one(
                        "SELECT * FROM orchard.resumable_uploads WHERE upload_id = :id AND expires_at > now() " + lock,
                        uploadId)
                .query((row, n) -> upload(row, parts))
                .optional();
    }

    private List<UploadPart> parts(UUID uploadId) {
        return one(
                        "SELECT part, size, checksum_crc32c, id FROM orchard.upload_parts WHERE upload_id = :id ORDER BY part",
                        uploadId)
                .query((row, n) -> new UploadPart(
                        row.getInt("part"), row.getLong("size"), row.getString("checksum_crc32c"), row.getString("id")))
                .list();
    }

    private StatementSpec one(String sql, UUID uploadId) {
        return jdbc.sql(sql).param("id", uploadId);
    }

    private static ResumableUpload upload(ResultSet row, List<UploadPart> parts) throws SQLException {
        @Nullable String tag = row.getString("tag");
        byte @Nullable [] sha256 = row.getBytes("sha256");
        return new ResumableUpload(
                row.getObject("upload_id", UUID.class),
                ResumableKind.of(row.getString("kind")),
                row.getString("status"),
                ProjectName.of(row.getString("project")),
                PackageName.of(row.getString("package")),
                tag == null ? null : TagName.of(tag),
                row.getString("filename"),
                row.getString("content_type"),
                row.getObject("size", Long.class),
                sha256 == null ? null : Sha256.of(sha256),
                row.getLong("part_size"),
                row.getString("storage_key"),
                row.getString("handle"),
                row.getLong("received_bytes"),
                parts,
                row.getString("digest_state"),
                row.getObject("digest_bytes", Long.class),
                row.getLong("writer"),
                row.getString("if_match"),
                row.getString("if_none_match"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "expires_at"),
                null);
    }
}
