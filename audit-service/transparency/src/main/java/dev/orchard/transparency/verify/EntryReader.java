package dev.orchard.transparency.verify;

import dev.orchard.transparency.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads entries as CloudEvents 1.0 in JSON; what is none is malformed, and legal. */
final class EntryReader {
    private static final String MARKER = "dev.orchard.epoch.closed.v1";
    private static final String GHOST = "dev.orchard.ledger.ghost.v1";

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    Entry read(byte[] entry) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(entry));
            JsonNode event = json.readTree(text.toString());
            return EventShape.isEvent(event) ? read(event, entry) : new Entry.Malformed();
        } catch (CharacterCodingException | JacksonException e) {
            return new Entry.Malformed();
        }
    }

    private static Entry read(JsonNode event, byte[] bytes) {
        var id = UUID.fromString(EventShape.text(event, "id"));
        String type = EventShape.text(event, "type");
        if (EventShape.isOwn(event)) {
            return type.equals(GHOST)
                    ? ghost(id, event.path("data")).orElseGet(() -> new Entry.Own(id))
                    : new Entry.Own(id);
        }
        var logged = new Entry.Logged(id, Long.parseLong(EventShape.text(event, "txid")), Hash.of(sha256(bytes)));
        if (!type.equals(MARKER)) {
            return logged;
        }
        return marker(logged, event.path("data")).orElseGet(() -> new Entry.UnreadableMarker(logged));
    }

    private static Optional<Entry> ghost(UUID id, JsonNode data) {
        return uuid(data, "event_id")
                .flatMap(event -> EventShape.count(data, "position")
                        .flatMap(position -> digest(data, "payload_sha256")
                                .map(sha256 -> new Entry.Ghost(id, event, position, sha256))));
    }

    private static Optional<Entry> marker(Entry.Logged event, JsonNode data) {
        var numbers = List.of("epoch", "events", "total").stream()
                .flatMap(name -> EventShape.count(data, name).stream())
                .toList();
        var txids = List.of("from_txid", "to_txid").stream()
                .map(name -> EventShape.text(data, name))
                .filter(text -> EventShape.TXID.matcher(text).matches())
                .map(Long::valueOf)
                .toList();
        var sha256 = digest(data, "sha256");
        var previous = uuid(data, "previous");
        if (numbers.size() < 3
                || txids.size() < 2
                || sha256.isEmpty()
                || previous.isPresent() == data.path("previous").isNull()) {
            return Optional.empty();
        }
        return Optional.of(new Entry.Marker(
                event,
                numbers.get(0),
                txids.get(0),
                txids.get(1),
                numbers.get(1),
                sha256.get(),
                numbers.get(2),
                previous.orElse(null)));
    }

    private static Optional<Hash> digest(JsonNode data, String name) {
        String hex = EventShape.text(data, name);
        return EventShape.DIGEST.matcher(hex).matches()
                ? Optional.of(Hash.of(HexFormat.of().parseHex(hex)))
                : Optional.empty();
    }

    private static Optional<UUID> uuid(JsonNode data, String name) {
        String text = EventShape.text(data, name);
        return EventShape.ID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
