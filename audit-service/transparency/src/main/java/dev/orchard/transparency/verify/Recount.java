package dev.orchard.transparency.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts every epoch again from the entries, which come in any order. It keeps the events of what is not closed yet, and
 * the markers whose predecessor has not come.
 */
final class Recount {
    private final Map<Long, Entry.Ghost> known;
    private final Set<Long> unmatched;
    private final Map<Long, Entry.Ghost> found = new HashMap<>();
    private final TreeMap<Long, List<OpenEpoch.Event>> waiting = new TreeMap<>();
    private final TreeMap<Long, OpenEpoch> open = new TreeMap<>();
    private final Faults faults = new Faults();
    private final MarkerChain chain = new MarkerChain(faults);
    private long counted;
    private long own;
    private long malformed;

    /** @param ghosts what the log says of records that the database disclaims, by these records' index */
    Recount(Map<Long, Entry.Ghost> ghosts) {
        this.known = Map.copyOf(ghosts);
        this.unmatched = new HashSet<>(ghosts.keySet());
    }

    void add(Bundle bundle) {
        long index = bundle.firstIndex();
        for (var entry : bundle.entries()) {
            add(index++, entry);
        }
    }

    /** Whether the log disclaims records that this recount did not know of: then it says nothing. */
    boolean missedGhosts() {
        return !found.equals(known);
    }

    /** What the log disclaims, by index. */
    Map<Long, Entry.Ghost> ghosts() {
        return found;
    }

    /** After the last entry. */
    Summary.Tally end() throws TamperedException {
        chain.end();
        known.forEach((index, ghost) -> {
            if (unmatched.contains(index)) {
                faults.add(index, ghost.eventId(), "event " + ghost.id() + " disclaims it, but it is another record");
            }
        });
        open.values().forEach(epoch -> epoch.addTo(faults));
        waiting.headMap(chain.toTxid()).forEach((txid, events) -> {
            if (findOpen(txid) == null) {
                events.forEach(
                        event -> faults.add(event.index(), event.id(), "no epoch counts it, of transaction " + txid));
            }
        });
        var first = faults.first();
        if (first.isPresent()) {
            throw new TamperedException(first.get());
        }
        long tail = waiting.values().stream().mapToLong(List::size).sum();
        return new Summary.Tally(chain.epochs(), counted, tail, known.size(), own, malformed);
    }

    private void add(long index, Entry entry) {
        switch (entry) {
            case Entry.Ghost ghost -> addGhost(index, ghost);
            case Entry.Own statement -> own++;
            case Entry.Malformed none -> malformed++;
            case Entry.Logged event -> addEvent(index, event);
            case Entry.UnreadableMarker marker -> {
                if (addEvent(index, marker.event())) {
                    faults.add(index, marker.event().id(), "it calls itself an epoch's marker, and is not one");
                }
            }
            case Entry.Marker marker -> {
                if (addEvent(index, marker.event())) {
                    addMarker(index, marker);
                }
            }
        }
    }

    private void addGhost(long index, Entry.Ghost ghost) {
        own++;
        if (ghost.position() < 1 || ghost.position() > index) {
            faults.add(index, ghost.id(), "it disclaims position " + ghost.position() + ", which is not before it");
        } else {
            found.put(ghost.position() - 1, ghost);
        }
    }

    /** Whether it is to be counted: the database does not disclaim it. */
    private boolean addEvent(long index, Entry.Logged event) {
        boolean isVain = known.isEmpty() && !found.isEmpty();
        if (isVain || isDisclaimed(index, event)) {
            return false;
        }
        waiting.computeIfAbsent(event.txid(), txid -> new ArrayList<>())
                .add(new OpenEpoch.Event(index, event.id(), event.sha256()));
        var epoch = findOpen(event.txid());
        if (epoch != null) {
            epoch.addOne();
            close(epoch);
        }
        return true;
    }

    private boolean isDisclaimed(long index, Entry.Logged event) {
        var ghost = known.get(index);
        return ghost != null
                && ghost.eventId().equals(event.id())
                && ghost.payloadSha256().equals(event.sha256())
                && unmatched.remove(index);
    }

    private void addMarker(long index, Entry.Marker marker) {
        chain.add(index, marker);
        if (marker.fromTxid() <= marker.toTxid()) {
            long held = events(marker).values().stream().mapToLong(List::size).sum();
            var epoch = new OpenEpoch(index, marker, held);
            open.put(marker.fromTxid(), epoch);
            close(epoch);
        }
    }

    private @Nullable OpenEpoch findOpen(long txid) {
        var epoch = open.floorEntry(txid);
        return epoch != null && epoch.getValue().covers(txid) ? epoch.getValue() : null;
    }

    private void close(OpenEpoch epoch) {
        var events = events(epoch.marker());
        if (epoch.hasItsCount()
                && epoch.recounts(events.values().stream().flatMap(List::stream).toList())) {
            counted += epoch.marker().events();
            open.remove(epoch.marker().fromTxid());
            events.clear();
        }
    }

    private SortedMap<Long, List<OpenEpoch.Event>> events(Entry.Marker marker) {
        return waiting.subMap(marker.fromTxid(), marker.toTxid());
    }
}
