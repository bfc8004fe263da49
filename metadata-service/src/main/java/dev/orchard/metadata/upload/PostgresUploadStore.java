package dev.orchard.metadata.upload;

import dev.orchard.metadata.collection.CollectionSettings;
import dev.orchard.metadata.database.Columns;
import dev.orchard.support.context.RequestContext;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import dev.orchard.support.tracing.TraceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Intents and recorded uploads in PostgreSQL. */
@Repository
class PostgresUploadStore {
    /** Each parameter has its type: the server keeps the plan, and null says none. */
    private static final String RECORD = """
            SELECT * FROM orchard.record_upload(:context, :from, :upload, :key::text, make_interval(secs => :max_age / 1000.0),
                :project, :package, :tag::text, :filename, :content_type,
                :content, :size, :crc32c, :sha1::text, :md5::text,
                :demand, :entity_tags, :seen_key::text, :seen_whole)
            """;

    /** What the function raises where another transaction was first. */
    private static final Set<String> RACED = Set.of("OR001", "OR002");

    private final JdbcClient jdbc;
    private final CollectionSettings collection;

    PostgresUploadStore(JdbcClient jdbc, CollectionSettings collection) {
        this.jdbc = jdbc;
        this.collection = collection;
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

    /** Records an upload, in one transaction of its own unless there is one; what the caller saw of the blob counts. */
    RecordOutcome record(Recording recording, SeenBlob seen) {
        try {
            return parameters(recording, seen)
                    .query((row, n) -> outcome(recording, row))
                    .single();
        } catch (UncategorizedSQLException e) {
            SQLException refusal = e.getSQLException();
            if (refusal != null && RACED.contains(String.valueOf(refusal.getSQLState()))) {
                return new RecordOutcome.Raced();
            }
            throw e;
        } catch (DuplicateKeyException e) {
            return new RecordOutcome.Taken();
        }
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

    private StatementSpec parameters(Recording recording, SeenBlob seen) {
        var upload = recording.upload();
        var context = RequestContext.current();
        var condition = upload.condition();
        TagName tag = upload.tag();
        return jdbc.sql(RECORD)
                .param("context", new String[] {
                    context.actor(),
                    context.requestId(),
                    context.clientAddress(),
                    Objects.requireNonNullElse(context.reason(), ""),
                    TraceContext.current()
                })
                .param("from", recording.from().name().toLowerCase(Locale.ROOT))
                .param("upload", recording.uploadId())
                .param("key", recording.newKey())
                .param("max_age", collection.directAge().toMillis())
                .param("project", upload.project().value())
                .param("package", upload.packageName().value())
                .param("tag", tag == null ? null : tag.value())
                .param("filename", upload.filename())
                .param("content_type", upload.contentType())
                .param("content", upload.sha256().bytes())
                .param("size", upload.size())
                .param("crc32c", upload.checksumCrc32c())
                .param("sha1", upload.checksumSha1())
                .param("md5", upload.checksumMd5())
                .param("demand", condition.name())
                .param("entity_tags", condition.entityTags().toArray(String[]::new))
                .param("seen_key", seen.key())
                .param("seen_whole", seen.whole());
    }

    private static RecordOutcome outcome(Recording recording, ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "recorded" -> new RecordOutcome.Recorded(answer(recording, row));
            case "no_package" -> new RecordOutcome.NoPackage();
            case "unknown" -> new RecordOutcome.Unknown();
            case "taken" -> new RecordOutcome.Taken();
            case "unseen" -> new RecordOutcome.Unseen(row.getString("present_key"), row.getLong("present_size"));
            case "condition_failed" ->
                new RecordOutcome.ConditionFailed(
                        Optional.ofNullable(row.getBytes("present_target")).map(Sha256::of));
            default -> throw new IllegalStateException("no outcome of an upload: " + outcome);
        };
    }

    private static UploadAnswer answer(Recording recording, ResultSet row) throws SQLException {
        var upload = recording.upload();
        boolean deduplicated = row.getBoolean("deduplicated");
        return new UploadAnswer(
                recording.uploadId(),
                upload.sha256(),
                upload.sha256(),
                row.getLong("size"),
                row.getString("checksum_crc32c"),
                row.getString("checksum_sha1"),
                row.getString("checksum_md5"),
                upload.contentType(),
                upload.filename(),
                upload.project(),
                upload.packageName(),
                upload.tag(),
                row.getLong("ref_count"),
                deduplicated,
                deduplicated ? row.getLong("size") : 0,
                Columns.instant(row, "uploaded_at"),
                RequestContext.current().actor());
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
