package dev.orchard.metadata.search;

import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import org.springframework.stereotype.Service;

/** Searches names, file names and digests. */
@Service
class SearchService {
    private final PostgresSearchStore store;

    SearchService(PostgresSearchStore store) {
        this.store = store;
    }

    /** What contains {@code text}, ignoring case; artifacts match by the beginning of their digest. */
    Page<Hit> search(String text, PageRequest page) {
        return Page.of(store.search(text, page), page, Hit::key);
    }
}
