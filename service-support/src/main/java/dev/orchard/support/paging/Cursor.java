package dev.orchard.support.paging;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.orchard.support.naming.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A place in a list: the sort key of the item before it, opaque to clients. Stable, because keys do not move. */
public record Cursor(String key) {
    public static Cursor after(String key) {
        return new Cursor(key);
    }

    /** @throws InvalidValueException if {@code text} was not made by {@link #text()} */
    public static Cursor of(String text) {
        try {
            return new Cursor(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("cursor", "must be a next_cursor of this list");
        }
    }

    @JsonValue
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
