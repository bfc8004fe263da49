package dev.orchard.gateway;

import com.sun.net.httpserver.HttpExchange;
import dev.orchard.gateway.FakeService.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The metadata and the storage service as far as uploads in parts need them: what docs/services.md says, in memory. */
public final class FakeResumables {
    public static final Instant EXPIRES = Instant.parse("2030-01-02T03:04:05Z");

    private static final Pattern RECORD = Pattern.compile("/internal/resumable/([^/?]+)(?:/([a-z]+))?(?:/(\\d+))?.*");

    private final FakeService metadata;
    private final FakeService storage;
    private final JsonMapper json = new JsonMapper();
    private final Map<String, ObjectNode> states = new ConcurrentHashMap<>();
    private final Map<String, byte[]> parts = new ConcurrentHashMap<>();
    private final Map<String, byte[]> digestStates = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    public FakeResumables(FakeService metadata, FakeService storage) {
        this.metadata = metadata;
        this.storage = storage;
        metadata.on("POST /internal/resumable", this::begin);
        metadata.on("POST /internal/resumable/", this::change);
        metadata.on("GET /internal/resumable/", this::find);
        metadata.on("PUT /internal/resumable/", this::recordPart);
        metadata.on("DELETE /internal/resumable/", this::giveUp);
        metadata.on("POST /internal/uploads", this::beginWhole);
        metadata.on("POST /internal/uploads/", this::completeWhole);
        metadata.on("DELETE /internal/uploads/", 204, "");
        storage.on("PUT /uploads/", this::putPart);
        storage.on("POST /uploads/", this::completeParts);
        storage.on("POST /blobs/", this::concatenate);
    }

    public ObjectNode state(String uploadId) {
        return states.get(uploadId);
    }

    /** The bytes of an artifact by its digest, or null. */
    public byte[] blob(String sha256) {
        return blobs.values().stream()
                .filter(bytes -> sha256(bytes).equals(sha256))
                .findFirst()
                .orElse(null);
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(Call call, HttpExchange exchange) throws IOException {
        var state = (ObjectNode) json.readTree(call.body());
        String id = UUID.randomUUID().toString();
        state.put("upload_id", id);
        state.put("status", "in_progress");
        state.put("storage_key", "blobs/" + UUID.randomUUID());
        state.put("handle", "a handle/with+signs");
        state.put("received_bytes", 0);
        state.putArray("parts");
        state.putNull("digest_state");
        state.putNull("digest_bytes");
        state.put("writer", 0);
        state.put("created_at", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
        state.put("expires_at", EXPIRES.toString());
        state.putNull("answer");
        states.put(id, state);
        reply(exchange, 201, state);
    }

    private synchronized void find(Call call, HttpExchange exchange) throws IOException {
        var state = states.get(path(call, 1));
        String query = call.target().substring(call.target().indexOf('?') + 1);
        boolean here = state != null
                && query.equals("project=" + state.path("project").asString() + "&package="
                        + state.path("package").asString());
        if (here) {
            reply(exchange, 200, state);
        } else {
            refuse(exchange, 404, "upload-not-found");
        }
    }

    private synchronized void change(Call call, HttpExchange exchange) throws IOException {
        var state = states.get(path(call, 1));
        if (state == null) {
            refuse(exchange, 404, "upload-not-found");
            return;
        }
        switch (path(call, 2)) {
            case "writer" -> {
                state.put("writer", state.path("writer").asLong() + 1);
                reply(exchange, 200, state);
            }
            case "size" -> setSize(call, exchange, state);
            default -> complete(call, exchange, state);
        }
    }

    private void setSize(Call call, HttpExchange exchange, ObjectNode state) throws IOException {
        long size = json.readTree(call.body()).path("size").asLong();
        if (!state.path("size").isNull() && state.path("size").asLong() != size) {
            refuse(exchange, 409, "upload-conflict");
            return;
        }
        state.put("size", size);
        reply(exchange, 200, state);
    }

    private void complete(Call call, HttpExchange exchange, ObjectNode state) throws IOException {
        var stored = json.readTree(call.body());
        if (state.path("kind").asString().equals("tus_partial")) {
            state.put("status", "assembled");
            reply(exchange, 200, state);
            return;
        }
        if (state.path("answer").isNull()) {
            state.put("status", "completed");
            state.set("answer", answer(path(call, 1), state, stored));
        }
        reply(exchange, 201, state.path("answer"));
    }

    private ObjectNode answer(String id, JsonNode facts, JsonNode stored) {
        var answer = json.createObjectNode();
        answer.put("upload_id", id);
        answer.set("sha256", stored.path("sha256"));
        answer.set("size", stored.path("size"));
        answer.set("tag", facts.path("tag"));
        answer.set("filename", facts.path("filename"));
        answer.set("content_type", facts.path("content_type"));
        return answer.put("deduplicated", false);
    }

    private synchronized void recordPart(Call call, HttpExchange exchange) throws IOException {
        var state = states.get(path(call, 1));
        var part = (ObjectNode) json.readTree(call.body());
        if (state == null) {
            refuse(exchange, 404, "upload-not-found");
            return;
        }
        boolean wrongWriter = !part.path("writer").isNull()
                && part.path("writer").asLong() != state.path("writer").asLong();
        boolean wrongOffset = !part.path("expected_received").isNull()
                && part.path("expected_received").asLong()
                        != state.path("received_bytes").asLong();
        if (wrongWriter || wrongOffset) {
            refuse(exchange, 409, "upload-conflict");
            return;
        }
        record(state, Integer.parseInt(path(call, 3)), part);
        reply(exchange, 200, state);
    }

    private void record(ObjectNode state, int number, ObjectNode part) {
        var all = new TreeMap<Integer, JsonNode>();
        state.path("parts").forEach(one -> all.put(one.path("part").asInt(), one));
        var recorded = json.createObjectNode();
        recorded.put("part", number);
        recorded.set("size", part.path("size"));
        recorded.set("checksum_crc32c", part.path("checksum_crc32c"));
        recorded.set("id", part.path("id"));
        all.put(number, recorded);
        state.putArray("parts").addAll(all.values());
        state.put(
                "received_bytes",
                all.values().stream()
                        .mapToLong(one -> one.path("size").asLong())
                        .sum());
        boolean below = state.path("digest_bytes").asLong(0)
                > (number - 1) * state.path("part_size").asLong();
        if (below || !part.path("digest_state").isNull()) {
            state.set("digest_state", part.path("digest_state"));
            state.set("digest_bytes", part.path("digest_bytes"));
        }
    }

    private synchronized void giveUp(Call call, HttpExchange exchange) throws IOException {
        states.remove(path(call, 1));
        FakeService.reply(exchange, 204, "application/json", "");
    }

    private void beginWhole(Call call, HttpExchange exchange) throws IOException {
        reply(
                exchange,
                201,
                json.createObjectNode()
                        .put("upload_id", UUID.randomUUID().toString())
                        .put("storage_key", "blobs/" + UUID.randomUUID()));
    }

    private synchronized void completeWhole(Call call, HttpExchange exchange) throws IOException {
        String id = call.target().split("/")[3];
        var facts = json.readTree(call.body());
        var state = json.createObjectNode().put("status", "completed");
        state.set("project", facts.path("project"));
        state.set("package", facts.path("package"));
        state.set("answer", answer(id, facts, facts));
        states.put(id, state);
        reply(exchange, 201, state.path("answer"));
    }

    private void putPart(Call call, HttpExchange exchange) throws IOException {
        int number = Integer.parseInt(call.target().replaceFirst(".*/parts/(\\d+)\\?.*", "$1"));
        String after = query(call, "after");
        var whole = new ByteArrayOutputStream();
        whole.write(after == null ? new byte[0] : parts.get(after));
        whole.write(call.body());
        if (!"a handle/with+signs".equals(query(call, "handle"))
                || whole.size() > Long.parseLong(query(call, "whole"))) {
            refuse(exchange, 413, "content-too-large");
            return;
        }
        String id = UUID.randomUUID().toString();
        parts.put(id, whole.toByteArray());
        var answer = json.createObjectNode()
                .put("part", number)
                .put("size", whole.size())
                .put("checksum_crc32c", "00000000")
                .put("id", id)
                .put("digest_state", digestState(call, number, after));
        reply(exchange, 201, answer);
    }

    /** Handed out where all that comes before is known: at the beginning, and behind another state. */
    private String digestState(Call call, int number, String after) {
        String before = call.header("X-Digest-State");
        if (before == null && (number > 1 || after != null)) {
            return null;
        }
        var covered = new ByteArrayOutputStream();
        covered.writeBytes(before == null ? new byte[0] : digestStates.get(before));
        covered.writeBytes(call.body());
        String state = "state-" + UUID.randomUUID();
        digestStates.put(state, covered.toByteArray());
        return state;
    }

    private void completeParts(Call call, HttpExchange exchange) throws IOException {
        var request = json.readTree(call.body());
        var whole = new ByteArrayOutputStream();
        request.path("parts")
                .forEach(part -> whole.writeBytes(parts.get(part.path("id").asString())));
        String state = request.path("digest_state").asString(null);
        if (state != null && !java.util.Arrays.equals(digestStates.get(state), whole.toByteArray())) {
            refuse(exchange, 422, "invalid-input");
            return;
        }
        blobs.put(call.target().split("/")[2], whole.toByteArray());
        reply(exchange, 201, stored(whole.toByteArray()));
    }

    private void concatenate(Call call, HttpExchange exchange) throws IOException {
        var whole = new ByteArrayOutputStream();
        json.readTree(call.body()).path("keys").forEach(key -> whole.writeBytes(blobs.get(key.asString())));
        blobs.put(call.target().split("/")[2], whole.toByteArray());
        reply(exchange, 201, stored(whole.toByteArray()));
    }

    private ObjectNode stored(byte[] bytes) {
        return json.createObjectNode()
                .put("size", bytes.length)
                .put("sha256", sha256(bytes))
                .put("checksum_crc32c", "00000000")
                .putNull("checksum_sha1")
                .putNull("checksum_md5");
    }

    private static String path(Call call, int group) {
        var path = RECORD.matcher(call.target());
        return path.matches() ? path.group(group) : null;
    }

    private static String query(Call call, String name) {
        for (String pair : call.target().replaceFirst("[^?]*\\??", "").split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static void reply(HttpExchange exchange, int status, JsonNode body) throws IOException {
        FakeService.reply(exchange, status, "application/json", body.toString());
    }

    private static void refuse(HttpExchange exchange, int status, String type) throws IOException {
        FakeService.reply(exchange, status, "application/problem+json", """
                {"type": "urn:orchard:problem:%s", "title": "t", "status": %d, "detail": "from behind"}""".formatted(type, status));
    }
}
