package dev.orchard.audit.search;

import dev.orchard.support.paging.Cursor;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/audit/events}: the ledger's records, searched, exported, and one by one. */
@RestController
@RequestMapping("/api/v1/audit/events")
final class EventSearchController {
    private final EventSearchService events;
    private final EventExportAnswer export;

    EventSearchController(EventSearchService events, EventExportAnswer export) {
        this.events = events;
        this.export = export;
    }

    /** A page of what fits; or all of it, to which pages and their limits do not apply. Null once that is written. */
    @GetMapping
    @Nullable
    ResponseEntity<Page<LedgerItem>> find(
            EventFilter filter,
            EventForm form,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable Cursor cursor,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        switch (form) {
            case JSON -> {
                return page(filter, PageRequest.of(limit, cursor));
            }
            case NDJSON -> export.asLines(filter, request, response);
            case CSV -> export.asTable(filter, request, response);
        }
        return null;
    }

    @GetMapping("/{eventId}")
    LedgerItem get(@PathVariable UUID eventId) {
        var found = events.find(eventId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.EVENT_NOT_FOUND, "The ledger holds no event with the id " + eventId + "."));
        return LedgerItem.of(found).with(found.payloadSha256());
    }

    private ResponseEntity<Page<LedgerItem>> page(EventFilter filter, PageRequest request) {
        var page = events.find(filter, request);
        var items = page.items().stream().map(LedgerItem::of).toList();
        return ResponseEntity.ok().contentType(EventForm.JSON.type()).body(new Page<>(items, page.nextCursor()));
    }
}
