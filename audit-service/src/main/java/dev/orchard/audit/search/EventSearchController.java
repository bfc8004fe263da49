package dev.orchard.audit.search;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import dev.orchard.support.paging.Cursor;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/audit/events}: the ledger's records, searched and one by one. */
@RestController
@RequestMapping("/api/v1/audit/events")
final class EventSearchController {
    private final EventSearchService events;

    EventSearchController(EventSearchService events) {
        this.events = events;
    }

    @GetMapping
    Page<LedgerItem> find(
            @RequestParam @Nullable ProjectName project,
            @RequestParam("package") @Nullable PackageName packageName,
            @RequestParam @Nullable TagName tag,
            @RequestParam @Nullable Sha256 artifact,
            @RequestParam @Nullable String type,
            @RequestParam @Nullable String actor,
            @RequestParam("request_id") @Nullable String requestId,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable Cursor cursor) {
        return events.find(
                new EventFilter(project, packageName, tag, artifact, type, actor, requestId, from, to),
                PageRequest.of(limit, cursor));
    }

    @GetMapping("/{eventId}")
    LedgerItem get(@PathVariable UUID eventId) {
        return events.find(eventId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.EVENT_NOT_FOUND, "The ledger holds no event with the id " + eventId + "."));
    }
}
