package dev.orchard.transparency.verify;

import dev.orchard.transparency.Hash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** An epoch whose marker has come, and which does not recount so far. */
final class OpenEpoch {
    private static final Comparator<Event> ORDER = Comparator.<Event>comparingLong(
                    event -> event.id.getMostSignificantBits() + Long.MIN_VALUE)
            .thenComparingLong(event -> event.id.getLeastSignificantBits() + Long.MIN_VALUE);

    private final long index;
    private final Entry.Marker marker;
    private long held;

    /**
     * @param index the marker's
     * @param held how many of its events have come
     */
    OpenEpoch(long index, Entry.Marker marker, long held) {
        this.index = index;
        this.marker = marker;
        this.held = held;
    }

    /** An event in short. */
    record Event(long index, UUID id, Hash sha256) {}

    Entry.Marker marker() {
        return marker;
    }

    void addOne() {
        held++;
    }

    boolean covers(long txid) {
        return marker.fromTxid() <= txid && txid < marker.toTxid();
    }

    boolean hasItsCount() {
        return held == marker.events();
    }

    boolean recounts(List<Event> events) {
        var digest = digest();
        var bytes = ByteBuffer.allocate(48);
        for (var event : events.stream().sorted(ORDER).toList()) {
            bytes.putLong(event.id.getMostSignificantBits())
                    .putLong(event.id.getLeastSignificantBits())
                    .put(event.sha256.bytes());
            digest.update(bytes.flip());
            bytes.clear();
        }
        return Hash.of(digest.digest()).equals(marker.sha256());
    }

    void addTo(Faults faults) {
        String counts = hasItsCount()
                ? "the log holds as many, but not the same ones"
                : "the log holds " + held + (held < marker.events() ? ": records are missing" : ": records were added");
        faults.add(
                index,
                marker.event().id(),
                "epoch " + marker.epoch() + " (transactions " + marker.fromTxid() + " to before " + marker.toTxid()
                        + ") does not recount: it counts " + marker.events() + " events, " + counts);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
