package dev.orchard.audit.search;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds records in the ledger. What is appended while someone turns the pages comes before their first page. */
@Service
final class EventSearchService {
    private final PostgresEventStore store;

    EventSearchService(PostgresEventStore store) {
        this.store = store;
    }

    /** The records that fit, the newest first. */
    Page<LedgerItem> find(EventFilter filter, PageRequest page) {
        var rows = store.find(filter, position(page.after()), page.rows());
        return Page.of(rows, page, item -> Long.toString(item.position()));
    }

    Optional<LedgerItem> find(UUID eventId) {
        return store.find(eventId);
    }

    private static @Nullable Long position(@Nullable String cursor) {
        try {
            return cursor == null ? null : Long.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidValueException("cursor", "must be a next_cursor of this list");
        }
    }
}
