package dev.orchard.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** A package in a project of its own, and what the gateway asks for it. */
public record TestPackage(MetadataStage stage, String project, String name) {
    public static TestPackage create() {
        return create(MetadataStage.shared());
    }

    public static TestPackage create(MetadataStage stage) {
        String project = unique("p");
        stage.client().post("/api/v1/projects", Map.of("name", project)).expect(201);
        return new TestPackage(stage, project, "k").recreate();
    }

    /** Makes the package, for the first time or after its deletion. */
    public TestPackage recreate() {
        client().post("/api/v1/project/" + project + "/packages", Map.of("name", name))
                .expect(201);
        return this;
    }

    public static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    public static String sha256(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A storage key as the gateway makes them: a UUID of version 7 (RFC 9562). */
    public static String directKey(Instant made) {
        var random = UUID.randomUUID();
        long high = (made.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xfff);
        return "blobs/" + new UUID(high, random.getLeastSignificantBits());
    }

    public MetadataClient client() {
        return stage.client();
    }

    public String path() {
        return "/api/v1/project/" + project + "/packages/" + name;
    }

    public String path(String tag) {
        return path() + "/tags/" + tag;
    }

    /** Begins an upload; {@code more} adds to what is said of it, or takes its place. */
    public Answer begin(Map<String, ?> more) {
        return client().post("/internal/uploads", described(more));
    }

    /** Begins an upload that must be let begin, and answers its id. */
    public String begun() {
        return begin(Map.of()).expect(201).text("upload_id");
    }

    public Answer complete(String uploadId, String content, Map<String, ?> more) {
        var body = described(Map.of());
        body.putAll(Map.of("sha256", sha256(content), "size", content.length(), "checksum_crc32c", "00c0ffee"));
        body.putAll(more);
        return client().post("/internal/uploads/" + uploadId + "/complete", body);
    }

    /** Uploads content and answers its digest. */
    public String upload(String content) {
        return complete(begun(), content, Map.of()).expect(201).text("artifact_id");
    }

    /** Uploads content under a tag and answers its digest. */
    public String upload(String content, String tag) {
        return complete(begun(), content, Map.of("tag", tag)).expect(201).text("artifact_id");
    }

    /** Uploads content that was never there before, and answers its digest. */
    public String uploadNew() {
        return upload(unique("content"));
    }

    public Answer point(String tag, String artifact, String... headers) {
        return client().put(path(tag), Map.of("artifact_id", artifact), headers);
    }

    public long refCount(String artifact) {
        return client().get("/api/v1/artifacts/" + artifact)
                .expect(200)
                .json()
                .required("ref_count")
                .asLong();
    }

    /** Why a storage key is queued for deletion; empty if it is not. */
    public String queuedBecause(String storageKey) {
        return stage.database()
                .sql("SELECT reason FROM orchard.deletion_queue WHERE storage_key = ?")
                .param(storageKey)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** That the upload left nothing behind but a key to delete. */
    public void expectNothingOf(Answer begun, String artifact, String reason) {
        assertThat(queuedBecause(begun.text("storage_key"))).isEqualTo(reason);
        assertThat(count("upload_intents WHERE upload_id = ?::uuid", begun.text("upload_id")))
                .isZero();
        assertThat(count("uploads WHERE upload_id = ?::uuid", begun.text("upload_id")))
                .isZero();
        assertThat(count("artifacts WHERE id = decode(?, 'hex')", artifact)).isZero();
    }

    public long count(String fromWhere, Object... parameters) {
        return stage.database()
                .sql("SELECT count(*) FROM orchard." + fromWhere)
                .params(parameters)
                .query(Long.class)
                .single();
    }

    private Map<String, Object> described(Map<String, ?> more) {
        var body = new HashMap<String, Object>(
                Map.of("project", project, "package", name, "filename", "a.txt", "content_type", "text/plain"));
        body.putAll(more);
        return body;
    }
}
