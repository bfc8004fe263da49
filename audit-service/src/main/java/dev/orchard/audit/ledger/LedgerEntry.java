package dev.orchard.audit.ledger;

import dev.orchard.support.naming.Sha256;
import java.util.Objects;
import java.util.UUID;

/** A delivery under the id that it has in the ledger, and what was read from it. */
record LedgerEntry(UUID eventId, Delivery delivery, Reading reading) {
    static LedgerEntry of(Delivery delivery, Reading reading) {
        return switch (reading) {
            case Reading.Malformed malformed ->
                new LedgerEntry(claimed(delivery, derived(delivery)), delivery, malformed);
            case Reading.Event event ->
                new LedgerEntry(claimed(delivery, event.id()), delivery, agreeing(delivery, event));
        };
    }

    Sha256 sha256() {
        return delivery.payload().sha256();
    }

    private static UUID claimed(Delivery delivery, UUID otherwise) {
        return Objects.requireNonNullElse(delivery.claimedId(), otherwise);
    }

    /** Without any id the bytes are the identity: the same bytes again are the same record. */
    private static UUID derived(Delivery delivery) {
        return UUID.nameUUIDFromBytes(delivery.payload().sha256().bytes());
    }

    private static Reading agreeing(Delivery delivery, Reading.Event event) {
        return claimed(delivery, event.id()).equals(event.id())
                ? event
                : new Reading.Malformed("its id is not the one in the record's header");
    }
}
