package dev.orchard.gateway.resumable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** By which protocol an upload comes, and whether it is a piece of another one. */
public enum Kind {
    PARTS,
    TUS,
    TUS_PARTIAL;

    @JsonCreator
    static Kind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
