package dev.orchard.audit.ledger;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Appends what the topic delivers: each event id once, at the next position. */
@Service
final class LedgerService {
    private final PostgresLedgerStore store;
    private final TransactionTemplate transaction;
    private final LedgerMetrics metrics;
    private final EventReader reader = new EventReader();

    LedgerService(PostgresLedgerStore store, TransactionTemplate transaction, LedgerMetrics metrics) {
        this.store = store;
        this.transaction = transaction;
        this.metrics = metrics;
    }

    /**
     * Appends a batch in its order, in one transaction: when this returns all of it is durable, when it throws nothing
     * is. What the ledger holds already is passed over; other bytes under an id that it holds are kept as a conflict.
     */
    void append(List<Delivery> batch) {
        var entries = batch.stream()
                .map(delivery -> LedgerEntry.of(delivery, reader.read(delivery.payload())))
                .toList();
        metrics.count(transaction.execute(status -> add(entries)));
    }

    private Additions add(List<LedgerEntry> entries) {
        store.lock();
        var held = store.digests(entries.stream().map(LedgerEntry::eventId).toList());
        var fresh = new ArrayList<LedgerEntry>();
        var conflicts = new ArrayList<LedgerEntry>();
        for (var entry : entries) {
            var first = held.putIfAbsent(entry.eventId(), entry.sha256());
            if (first == null) {
                fresh.add(entry);
            } else if (!first.equals(entry.sha256())) {
                conflicts.add(entry);
            }
        }
        store.append(fresh);
        return new Additions(fresh, store.addConflicts(conflicts));
    }
}
