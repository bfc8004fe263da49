package dev.orchard.support.paging;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor where the next page begins; null when there is none
 */
public record Page<T>(
        List<T> items,
        @JsonProperty("next_cursor") @Nullable Cursor nextCursor) {

    /**
     * Makes a page of rows that were read with one more than the limit, so that a next page is known to exist.
     *
     * @param key the sort key of a row, unique in the list
     */
    public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, String> key) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, request.limit());
        return new Page<>(items, Cursor.after(key.apply(items.getLast())));
    }
}
