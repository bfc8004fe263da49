package dev.orchard.audit.ledger;

import dev.orchard.support.naming.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads payloads as CloudEvents 1.0 in JSON. It takes types and members that it does not know, and it never throws:
 * what would not fit the ledger's columns and their indexes is malformed as well.
 */
final class EventReader {
    /** The source of the events that this service writes itself. */
    static final String OWN_SOURCE = "/orchard/audit";

    private static final String SOURCE = "/orchard/metadata";
    private static final String COUNT_CHANGED = "dev.orchard.refcount.changed.v1";
    private static final Pattern TXID = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_SUBJECT = 1024;
    private static final int LONGEST_VALUE = 256;

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    Reading read(Payload payload) {
        try {
            return event(parse(text(payload)));
        } catch (MalformedEventException e) {
            return new Reading.Malformed(e.reason);
        }
    }

    /** The id that {@code text} spells in its one canonical form; null if it does not. */
    static @Nullable UUID id(String text) {
        return ID.matcher(text).matches() ? UUID.fromString(text) : null;
    }

    /** Decoded by hand because JSON libraries guess, and take UTF-16 as well. */
    private static String text(Payload payload) throws MalformedEventException {
        require(payload.bytes().length > 0, "it is empty");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedEventException("it is not UTF-8", e);
        }
    }

    private JsonNode parse(String text) throws MalformedEventException {
        try {
            JsonNode node = json.readTree(text);
            require(node.isObject(), "it is not a JSON object");
            return node;
        } catch (JacksonException e) {
            throw new MalformedEventException("it is not JSON, or names a member twice", e);
        }
    }

    private static Reading event(JsonNode event) throws MalformedEventException {
        require("1.0".equals(find(event, "specversion", LONGEST_VALUE)), "it is not of CloudEvents 1.0");
        String type = get(event, "type");
        var data = event.path("data");
        return new Reading.Event(
                eventId(event),
                type,
                find(event, "subject", LONGEST_SUBJECT),
                time(event),
                txid(event),
                find(event, "actor", LONGEST_VALUE),
                find(event, "requestid", LONGEST_VALUE),
                event.path("traceparent").stringValue(null),
                find(data, "project", LONGEST_VALUE),
                find(data, "package", LONGEST_VALUE),
                find(data, "tag", LONGEST_VALUE),
                artifactId(data),
                type.equals(COUNT_CHANGED) ? link(data) : null);
    }

    /** Every event that the database logs names its transaction: nothing else can be recounted. */
    private static @Nullable Long txid(JsonNode event) throws MalformedEventException {
        String source = get(event, "source");
        String txid = find(event, "txid", LONGEST_VALUE);
        if (source.equals(OWN_SOURCE)) {
            require(txid == null, "it names a transaction, and is not the database's");
            return null;
        }
        require(source.equals(SOURCE), "its source is not one that logs events");
        if (txid == null || !TXID.matcher(txid).matches()) {
            throw new MalformedEventException("it does not name its transaction", null);
        }
        return Long.valueOf(txid);
    }

    private static Reading.ChainLink link(JsonNode data) throws MalformedEventException {
        require(data.path("artifact_id").isString(), "it does not name the artifact whose count changed");
        var link = new Reading.ChainLink(count(data, "seq"), count(data, "before"), count(data, "after"));
        require(link.seq() > 0, "its seq is 0");
        return link;
    }

    private static long count(JsonNode data, String name) throws MalformedEventException {
        var member = data.path(name);
        require(member.isIntegralNumber() && member.canConvertToLong(), "its " + name + " is no number of 64 bits");
        require(member.asLong() >= 0, "its " + name + " is negative");
        return member.asLong();
    }

    private static UUID eventId(JsonNode event) throws MalformedEventException {
        UUID id = id(get(event, "id"));
        if (id == null) {
            throw new MalformedEventException("its id is not a UUID", null);
        }
        return id;
    }

    private static Instant time(JsonNode event) throws MalformedEventException {
        try {
            var time = OffsetDateTime.parse(get(event, "time"));
            require(time.getYear() > 0 && time.getYear() < 10_000, "its time is not of this era");
            return time.toInstant();
        } catch (DateTimeException e) {
            throw new MalformedEventException("its time is not one of RFC 3339", e);
        }
    }

    private static @Nullable Sha256 artifactId(JsonNode data) throws MalformedEventException {
        String digest = find(data, "artifact_id", LONGEST_VALUE);
        if (digest == null) {
            return null;
        }
        require(DIGEST.matcher(digest).matches(), "its artifact_id is not a digest");
        return Sha256.of(digest);
    }

    private static String get(JsonNode node, String name) throws MalformedEventException {
        String value = find(node, name, LONGEST_VALUE);
        if (value == null || value.isEmpty()) {
            throw new MalformedEventException("it has no " + name, null);
        }
        return value;
    }

    private static @Nullable String find(JsonNode node, String name, int longest) throws MalformedEventException {
        JsonNode member = node.path(name);
        if (member.isMissingNode() || member.isNull()) {
            return null;
        }
        require(member.isString(), "its " + name + " is not a string");
        String value = member.asString();
        require(value.length() <= longest, "its " + name + " is longer than " + longest + " characters");
        require(isStorable(value), "its " + name + " holds characters that no text has");
        return value;
    }

    /** Neither NUL, which PostgreSQL's text has not, nor half a surrogate pair, which UTF-8 has not. */
    private static boolean isStorable(String value) {
        return value.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static void require(boolean holds, String otherwise) throws MalformedEventException {
        if (!holds) {
            throw new MalformedEventException(otherwise, null);
        }
    }

    private static final class MalformedEventException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        MalformedEventException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
            this.reason = reason;
        }
    }
}
