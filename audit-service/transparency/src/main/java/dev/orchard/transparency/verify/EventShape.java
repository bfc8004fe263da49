package dev.orchard.transparency.verify;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the audit service's ledger takes for an event, rule by rule: a record that it kept as no event, and that were one
 * here, would be missed by every epoch.
 */
final class EventShape {
    static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    static final Pattern TXID = Pattern.compile("0|[1-9][0-9]{0,17}");
    static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private static final String OWN_SOURCE = "/orchard/audit";
    private static final String COUNT_CHANGED = "dev.orchard.refcount.changed.v1";
    private static final int LONGEST_SUBJECT = 1024;
    private static final int LONGEST_VALUE = 256;

    private EventShape() {}

    static boolean isEvent(JsonNode event) {
        return event.isObject()
                && text(event, "specversion").equals("1.0")
                && ID.matcher(text(event, "id")).matches()
                && isTime(text(event, "time"))
                && isText(event, "type", LONGEST_VALUE)
                && !text(event, "type").isEmpty()
                && isText(event, "subject", LONGEST_SUBJECT)
                && List.of("actor", "requestid").stream().allMatch(name -> isText(event, name, LONGEST_VALUE))
                && namesItsTransaction(event)
                && isData(event.path("data"), text(event, "type"));
    }

    /** Whether it speaks in the audit service's name. */
    static boolean isOwn(JsonNode event) {
        return text(event, "source").equals(OWN_SOURCE);
    }

    /** Empty where the member is no text. */
    static String text(JsonNode node, String name) {
        var member = node.path(name);
        return member.isString() ? member.asString() : "";
    }

    /** A number that is not negative and has 64 bits. */
    static Optional<Long> count(JsonNode data, String name) {
        var member = data.path(name);
        return member.isIntegralNumber() && member.canConvertToLong() && member.asLong() >= 0
                ? Optional.of(member.asLong())
                : Optional.empty();
    }

    private static boolean namesItsTransaction(JsonNode event) {
        return switch (text(event, "source")) {
            case OWN_SOURCE -> isNone(event.path("txid"));
            case "/orchard/metadata" -> TXID.matcher(text(event, "txid")).matches();
            default -> false;
        };
    }

    private static boolean isData(JsonNode data, String type) {
        return List.of("project", "package", "tag").stream().allMatch(name -> isText(data, name, LONGEST_VALUE))
                && (isNone(data.path("artifact_id"))
                        || DIGEST.matcher(text(data, "artifact_id")).matches())
                && (!type.equals(COUNT_CHANGED) || isLink(data));
    }

    private static boolean isLink(JsonNode data) {
        return data.path("artifact_id").isString()
                && count(data, "seq").filter(seq -> seq > 0).isPresent()
                && count(data, "before").isPresent()
                && count(data, "after").isPresent();
    }

    /** Whether it is absent, or a text that the ledger's columns take. */
    private static boolean isText(JsonNode node, String name, int longest) {
        var member = node.path(name);
        return isNone(member) || (member.isString() && isStorable(member.asString(), longest));
    }

    private static boolean isStorable(String text, int longest) {
        return text.length() <= longest
                && text.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static boolean isNone(JsonNode member) {
        return member.isMissingNode() || member.isNull();
    }

    private static boolean isTime(String text) {
        try {
            int year = OffsetDateTime.parse(text).getYear();
            return year > 0 && year < 10_000;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
