package dev.orchard.audit.ledger;

import dev.orchard.support.naming.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The event {@code dev.orchard.ledger.ghost.v1}, by which this service says in the ledger itself that the database does
 * not know one of its records.
 *
 * @param id the statement's own id
 * @param eventId the ghost's
 */
record GhostStatement(UUID id, long position, UUID eventId, Sha256 payloadSha256) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = new JsonMapper();

    Delivery delivery(Instant time) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", EventReader.OWN_SOURCE);
        event.put("type", "dev.orchard.ledger.ghost.v1");
        event.put("subject", "event/" + eventId);
        event.put("time", TIME.format(time));
        event.put("datacontenttype", "application/json");
        event.put("actor", "orchard");
        event.put("dbuser", "orchard_audit_app");
        event.put("data", data());
        return new Delivery(id, new Payload(JSON.writeValueAsString(event)), Origin.AUDIT);
    }

    private Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("event_id", eventId);
        data.put("position", position);
        data.put("payload_sha256", payloadSha256.hex());
        return data;
    }
}
