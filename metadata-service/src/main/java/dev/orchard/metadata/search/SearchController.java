package dev.orchard.metadata.search;

import dev.orchard.support.paging.Cursor;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import dev.orchard.support.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /search}. */
@RestController
class SearchController {
    private final SearchService search;

    SearchController(SearchService search) {
        this.search = search;
    }

    @GetMapping("/api/v1/search")
    Page<Hit> search(
            @RequestParam String q, @RequestParam @Nullable Integer limit, @RequestParam @Nullable Cursor cursor) {
        if (q.isBlank() || q.length() > 255) {
            throw ProblemException.invalid("q", "must be 1 to 255 characters long");
        }
        return search.search(q.strip(), PageRequest.of(limit, cursor));
    }
}
