package dev.orchard.audit.search;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Finds records in the ledger. Each call is one short statement of its own: a reader that is slow holds nothing. What is
 * appended in between comes before the first page of a list, and behind what was read forwards.
 */
@Service
public final class EventSearchService {
    private final PostgresEventStore store;

    EventSearchService(PostgresEventStore store) {
        this.store = store;
    }

    /** The records that fit, the newest first. */
    Page<LedgerRecord> find(EventFilter filter, PageRequest page) {
        var rows = store.find(filter, position(page.after()), page.rows());
        return Page.of(rows, page, found -> Long.toString(found.position()));
    }

    Optional<LedgerRecord> find(UUID eventId) {
        return store.find(eventId);
    }

    /** Some of the records that fit, the newest first, as many as fit into the memory for one reader; none at the end. */
    List<LedgerRecord> findBefore(EventFilter filter, @Nullable Long before) {
        return store.findBefore(filter, before);
    }

    /**
     * Some of the records that fit, in the log's order, as many as fit into the memory for one reader; none if there is
     * none in this range.
     *
     * @param after the position before the first one to look at
     * @param through the last position to look at
     */
    public List<LedgerRecord> findAfter(EventFilter filter, long after, long through) {
        return store.findAfter(filter, after, through);
    }

    /** The last position; 0 if the ledger is empty. All positions up to it can be read. */
    public long end() {
        return store.end();
    }

    private static @Nullable Long position(@Nullable String cursor) {
        try {
            return cursor == null ? null : Long.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidValueException("cursor", "must be a next_cursor of this list");
        }
    }
}
