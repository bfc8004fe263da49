package dev.orchard.transparency.verify;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether each epoch begins where the one before ended: they are dense from 1, whatever order their markers come in. */
final class MarkerChain {
    private final Map<Long, Link> unlinked = new HashMap<>();
    private final Faults faults;
    private Entry.@Nullable Marker last;

    MarkerChain(Faults faults) {
        this.faults = faults;
    }

    void add(long index, Entry.Marker marker) {
        if (marker.epoch() < next() || unlinked.putIfAbsent(marker.epoch(), new Link(index, marker)) != null) {
            faults.add(index, marker.event().id(), "it is another marker of epoch " + marker.epoch());
        }
        for (var link = unlinked.remove(next()); link != null; link = unlinked.remove(next())) {
            requireLink(link.index, link.marker);
            last = link.marker;
        }
    }

    /** After the last entry: no marker may be left that has none before it. */
    void end() {
        unlinked.values().stream()
                .min(Comparator.comparingLong(link -> link.marker.epoch()))
                .ifPresent(link -> faults.add(
                        link.index,
                        link.marker.event().id(),
                        "it closes epoch " + link.marker.epoch() + ", and epoch " + next() + " has no marker"));
    }

    long epochs() {
        return next() - 1;
    }

    /** The transaction from which on nothing is closed. */
    long toTxid() {
        return last == null ? 0 : last.toTxid();
    }

    private long next() {
        return last == null ? 1 : last.epoch() + 1;
    }

    private void requireLink(long index, Entry.Marker marker) {
        var before = last;
        require(index, marker, marker.fromTxid() <= marker.toTxid(), "its to_txid is below its from_txid");
        long total = before == null ? 0 : before.total();
        require(index, marker, marker.total() == total + marker.events(), "its total is not that of the epochs so far");
        if (before == null) {
            require(index, marker, marker.previous() == null, "it names a marker before the first");
            return;
        }
        require(index, marker, marker.fromTxid() == before.toTxid(), "it does not begin where the epoch before ended");
        boolean isNext = Objects.equals(marker.previous(), before.event().id());
        require(index, marker, isNext, "it does not name the marker of the epoch before");
    }

    private void require(long index, Entry.Marker marker, boolean holds, String otherwise) {
        if (!holds) {
            faults.add(index, marker.event().id(), "the marker of epoch " + marker.epoch() + ": " + otherwise);
        }
    }

    private record Link(long index, Entry.Marker marker) {}
}
