package dev.orchard.transparency.verify;

import dev.orchard.transparency.Hash;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an entry of the log says, as far as the recount needs it. */
sealed interface Entry {
    /**
     * An event that the database logged.
     *
     * @param sha256 of the entry's bytes
     */
    record Logged(UUID id, long txid, Hash sha256) implements Entry {}

    /**
     * An event that closes an epoch, {@code dev.orchard.epoch.closed.v1}.
     *
     * @param epoch dense from 1
     * @param sha256 over each event's id (16 bytes) and the SHA-256 of its bytes (32), in the order of the ids
     * @param total the events of all epochs so far, this one included
     * @param previous the marker of the epoch before; null for the first
     */
    record Marker(
            Logged event,
            long epoch,
            long fromTxid,
            long toTxid,
            long events,
            Hash sha256,
            long total,
            @Nullable UUID previous)
            implements Entry {}

    /** An event that calls itself a marker, and does not say what one says. */
    record UnreadableMarker(Logged event) implements Entry {}

    /**
     * The audit service's statement that the database does not know a record, {@code dev.orchard.ledger.ghost.v1}.
     *
     * @param position of that record in the ledger, from 1
     */
    record Ghost(UUID id, UUID eventId, long position, Hash payloadSha256) implements Entry {}

    /** Another event of the audit service's own. */
    record Own(UUID id) implements Entry {}

    /** No event: the ledger keeps what it is sent. */
    record Malformed() implements Entry {}

    /** How it is called in a sentence. */
    static String name(Entry entry) {
        return switch (entry) {
            case Logged logged -> "event " + logged.id();
            case Marker marker -> "event " + marker.event().id();
            case UnreadableMarker marker -> "event " + marker.event().id();
            case Ghost ghost -> "event " + ghost.id();
            case Own own -> "event " + own.id();
            case Malformed malformed -> "no event";
        };
    }
}
