package dev.orchard.audit.ledger;

import dev.orchard.support.naming.Sha256;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery under the id that it has in the ledger, and what was read from it.
 *
 * @param payload the bytes that the ledger and the transparency log hold
 * @param withheld the bytes as they came, where {@code payload} is only a note about them
 */
record LedgerEntry(
        UUID eventId,
        Payload payload,
        Origin origin,
        Reading reading,
        @Nullable Payload withheld) {
    /** The longest entry of a transparency log (C2SP tlog-tiles: its length has 16 bits). */
    static final int LONGEST_PAYLOAD = 65_535;

    static LedgerEntry of(Delivery delivery, Reading reading) {
        if (delivery.payload().bytes().length > LONGEST_PAYLOAD) {
            return withheld(delivery, "it is longer than " + LONGEST_PAYLOAD + " bytes");
        }
        return switch (reading) {
            case Reading.Malformed malformed -> entry(delivery, derived(delivery), malformed);
            case Reading.Event event
            when event.isOwn() != delivery.origin().equals(Origin.AUDIT) ->
                withheld(delivery, "it speaks in the name of another source");
            case Reading.Event event
            when !claimed(delivery, event.id()).equals(event.id()) ->
                withheld(delivery, "its id is not the one in the record's header");
            case Reading.Event event -> entry(delivery, event.id(), event);
        };
    }

    Sha256 sha256() {
        return payload.sha256();
    }

    private static LedgerEntry entry(Delivery delivery, UUID otherwise, Reading reading) {
        return new LedgerEntry(claimed(delivery, otherwise), delivery.payload(), delivery.origin(), reading, null);
    }

    /** A verifier reads the log's entries and nothing else: what it must not take for an event is told in a note. */
    private static LedgerEntry withheld(Delivery delivery, String reason) {
        var raw = delivery.payload();
        String note = "{\"withheld\": \"%s\", \"size\": %d, \"sha256\": \"%s\"}"
                .formatted(reason, raw.bytes().length, raw.sha256());
        return new LedgerEntry(
                claimed(delivery, derived(delivery)),
                new Payload(note),
                delivery.origin(),
                new Reading.Malformed(reason),
                raw);
    }

    private static UUID claimed(Delivery delivery, UUID otherwise) {
        return Objects.requireNonNullElse(delivery.claimedId(), otherwise);
    }

    /** Without any id the bytes are the identity: the same bytes again are the same record. */
    private static UUID derived(Delivery delivery) {
        return UUID.nameUUIDFromBytes(delivery.payload().sha256().bytes());
    }
}
