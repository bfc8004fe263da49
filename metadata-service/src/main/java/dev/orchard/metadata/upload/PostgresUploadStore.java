package dev.orchard.metadata.upload;

import dev.orchard.metadata.database.Columns;
import dev.orchard.support.context.RequestContext;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Intents and recorded uploads in PostgreSQL. */
@Repository
class PostgresUploadStore {
    private final JdbcClient jdbc;

    PostgresUploadStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Intent intent, ProjectName project, PackageName packageName) {
        jdbc.sql("""
                        INSERT INTO orchard.upload_intents (upload_id, storage_key, project, package, created_by, expires_at)
                        VALUES (:upload_id, :storage_key, :project, :package, :actor, now() + :lifetime * interval '1 millisecond')
                        """)
                .param("upload_id", intent.uploadId())
                .param("storage_key", intent.storageKey())
                .param("project", project.value())
                .param("package", packageName.value())
                .param("actor", RequestContext.current().actor())
                .param("lifetime", intent.lifetime().toMillis())
                .update();
    }

    /** Takes an intent away and answers its storage key. Of two at once, one waits and then finds none. */
    Optional<String> takeIntent(UUID uploadId) {
        return jdbc.sql("DELETE FROM orchard.upload_intents WHERE upload_id = :upload_id RETURNING storage_key")
                .param("upload_id", uploadId)
                .query(String.class)
                .optional();
    }

    /** Records an upload with the artifact's count as it is now. */
    void insert(UUID uploadId, StoredUpload upload, boolean deduplicated) {
        TagName tag = upload.tag();
        jdbc.sql("""
                        INSERT INTO orchard.uploads (upload_id, project, package, artifact_id, tag, filename, content_type,
                            size, ref_count, deduplicated, uploaded_by)
                        SELECT :upload_id, :project, :package, a.id, :tag, :filename, :content_type,
                            a.size, a.ref_count, :deduplicated, :actor
                        FROM orchard.artifacts a
                        WHERE a.id = :artifact
                        """)
                .param("upload_id", uploadId)
                .param("project", upload.project().value())
                .param("package", upload.packageName().value())
                .param("artifact", upload.sha256().bytes())
                .param("tag", tag == null ? null : tag.value())
                .param("filename", upload.filename())
                .param("content_type", upload.contentType())
                .param("deduplicated", deduplicated)
                .param("actor", RequestContext.current().actor())
                .update();
    }

    Optional<UploadAnswer> find(UUID uploadId) {
        return jdbc.sql("""
                        SELECT u.*, a.checksum_crc32c, a.checksum_sha1, a.checksum_md5
                        FROM orchard.uploads u JOIN orchard.artifacts a ON a.id = u.artifact_id
                        WHERE u.upload_id = :upload_id
                        """)
                .param("upload_id", uploadId)
                .query((row, n) -> answer(row))
                .optional();
    }

    private static UploadAnswer answer(ResultSet row) throws SQLException {
        Sha256 artifact = Columns.sha256(row, "artifact_id");
        @Nullable String tag = row.getString("tag");
        boolean deduplicated = row.getBoolean("deduplicated");
        return new UploadAnswer(
                row.getObject("upload_id", UUID.class),
                artifact,
                artifact,
                row.getLong("size"),
                row.getString("checksum_crc32c"),
                row.getString("checksum_sha1"),
                row.getString("checksum_md5"),
                row.getString("content_type"),
                row.getString("filename"),
                ProjectName.of(row.getString("project")),
                PackageName.of(row.getString("package")),
                tag == null ? null : TagName.of(tag),
                row.getLong("ref_count"),
                deduplicated,
                deduplicated ? row.getLong("size") : 0,
                Columns.instant(row, "uploaded_at"),
                row.getString("uploaded_by"));
    }
}
