package dev.orchard.support.paging;

import dev.orchard.support.naming.InvalidValueException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param limit how many items at most, 1 to 1000
 * @param after the sort key of the last item of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {
    /** Limit and cursor as a client sends them: {@code ?limit=} (100 if it is not there) and {@code ?cursor=}. */
    public static PageRequest of(@Nullable Integer limit, @Nullable Cursor cursor) {
        int size = limit == null ? 100 : limit;
        if (size < 1 || size > 1000) {
            throw new InvalidValueException("limit", "must be from 1 to 1000");
        }
        return new PageRequest(size, cursor == null ? null : cursor.key());
    }

    /**
     * This page of a list whose sort keys look like this.
     *
     * @throws InvalidValueException if the cursor holds no such key
     */
    public PageRequest keyed(Pattern key) {
        if (after != null && !key.matcher(after).matches()) {
            throw new InvalidValueException("cursor", "must be a next_cursor of this list");
        }
        return this;
    }

    /** How many rows to read: one more than wanted tells whether there is a next page. */
    public int rows() {
        return limit + 1;
    }
}
