package dev.orchard.audit;

import dev.orchard.events.EventSchemas;
import dev.orchard.events.EventType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An event of the contract with an id and a time of its own, to be changed by a test. */
public record AuditEvent(UUID id, String text) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final JsonMapper JSON = new JsonMapper();

    public static AuditEvent of(EventType type) {
        var id = newId();
        return new AuditEvent(id, EventSchemas.example(type))
                .with("id", id.toString())
                .with("time", TIME.format(LocalDateTime.now(ZoneOffset.UTC)));
    }

    /** A UUID of version 7, as the database makes them. */
    public static UUID newId() {
        var random = ThreadLocalRandom.current();
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000),
                random.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public AuditEvent with(String attribute, String value) {
        return new AuditEvent(id, tree().put(attribute, value).toString());
    }

    public AuditEvent withData(String member, String value) {
        var event = tree();
        ((ObjectNode) event.path("data")).put(member, value);
        return new AuditEvent(id, event.toString());
    }

    private ObjectNode tree() {
        return (ObjectNode) JSON.readTree(text);
    }
}
