package dev.orchard.audit.epoch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger lacks, and what it holds that the event log does not know. An event with other bytes is both.
 *
 * @param ghosts positions in the ledger
 */
record Differences(List<UUID> missing, List<Long> ghosts) {
    /** So many of either are found at once at most; the next look finds more. */
    static final int LIMIT = 1_000;

    /** Compares two sets, both in {@link Row#ORDER}. */
    static Differences between(Iterator<Row> ledger, Iterator<Row> log, Snapshot snapshot) {
        var differences = new Differences(new ArrayList<>(), new ArrayList<>());
        Row held = next(ledger);
        Row logged = next(log);
        while ((held != null || logged != null) && !differences.isFull()) {
            int order = order(held, logged);
            if (order < 0 && held != null && snapshot.isSettled(held.txid())) {
                differences.ghosts.add(held.position());
            }
            if (order > 0 && logged != null) {
                differences.missing.add(logged.id());
            }
            held = order <= 0 ? next(ledger) : held;
            logged = order >= 0 ? next(log) : logged;
        }
        return differences;
    }

    boolean isFull() {
        return missing.size() >= LIMIT || ghosts.size() >= LIMIT;
    }

    private static int order(@Nullable Row held, @Nullable Row logged) {
        if (held == null) {
            return 1;
        }
        return logged == null ? -1 : Row.ORDER.compare(held, logged);
    }

    private static @Nullable Row next(Iterator<Row> rows) {
        return rows.hasNext() ? rows.next() : null;
    }
}
