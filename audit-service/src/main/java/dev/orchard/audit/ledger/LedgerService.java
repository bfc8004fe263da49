package dev.orchard.audit.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Appends what the topic delivers, each event id once, at the next position; and what the recount finds out. */
@Service
public final class LedgerService {
    private final PostgresLedgerStore store;
    private final TransactionTemplate transaction;
    private final LedgerMetrics metrics;
    private final EventTraces traces;
    private final EventReader reader = new EventReader();
    private final AtomicLong lastSeenHead = new AtomicLong();

    LedgerService(
            PostgresLedgerStore store, TransactionTemplate transaction, LedgerMetrics metrics, EventTraces traces) {
        this.store = store;
        this.transaction = transaction;
        this.metrics = metrics;
        this.traces = traces;
    }

    /**
     * Appends a batch in its order, in one transaction: when this returns all of it is durable, when it throws nothing
     * is. What the ledger holds already is passed over; other bytes under an id that it holds are kept as a conflict.
     */
    void append(List<Delivery> batch) {
        var arrivedAt = Instant.now();
        var entries = read(batch);
        var additions = transaction.execute(status -> add(entries));
        metrics.count(additions);
        traces.tell(additions, arrivedAt);
    }

    /**
     * Appends what the topic did not deliver, as {@link #append}. Where the ledger holds other bytes under the same id,
     * these were altered on their way, and the true ones are appended.
     *
     * @return how many the ledger did not hold
     */
    public int heal(List<LoggedEvent> events) {
        var entries = read(events.stream()
                .map(event -> new Delivery(event.id(), new Payload(event.payload()), Origin.HEALED))
                .toList());
        var additions = transaction.execute(status -> add(entries));
        metrics.countHealed(additions);
        return additions.entries().size();
    }

    /**
     * Marks records as ghosts, and says so in the ledger, in one transaction. Those that are marked already are passed
     * over.
     */
    public void disclaim(List<Long> positions) {
        metrics.countGhosts(transaction.execute(status -> addGhosts(positions)));
    }

    private List<LedgerEntry> read(List<Delivery> batch) {
        return batch.stream()
                .map(delivery -> LedgerEntry.of(delivery, reader.read(delivery.payload())))
                .toList();
    }

    private List<GhostStatement> addGhosts(List<Long> positions) {
        store.lock();
        var statements = store.addGhosts(positions);
        var now = Instant.now();
        write(read(statements.stream().map(statement -> statement.delivery(now)).toList()));
        return statements;
    }

    private Additions add(List<LedgerEntry> entries) {
        store.lock();
        var held = store.digests(entries.stream().map(LedgerEntry::eventId).toList());
        var fresh = new ArrayList<LedgerEntry>();
        var conflicts = new ArrayList<LedgerEntry>();
        for (var entry : entries) {
            var digests = held.computeIfAbsent(entry.eventId(), id -> new HashSet<>());
            if (digests.isEmpty() || (entry.origin().equals(Origin.HEALED) && !digests.contains(entry.sha256()))) {
                fresh.add(entry);
                digests.add(entry.sha256());
            } else if (!digests.contains(entry.sha256())) {
                conflicts.add(entry);
            }
        }
        write(fresh);
        return new Additions(fresh, store.addConflicts(conflicts));
    }

    /** A ledger that was set back under this process would give positions away twice: then nothing is appended. */
    private void write(List<LedgerEntry> fresh) {
        long head = store.head();
        if (head < lastSeenHead.get()) {
            throw new IllegalStateException(
                    "the ledger ends at position %d and ended at %d: its database was set back to an earlier time"
                            .formatted(head, lastSeenHead.get()));
        }
        lastSeenHead.set(head);
        store.append(fresh, head);
    }
}
