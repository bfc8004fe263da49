package dev.orchard.metadata.resumable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orchard.support.naming.InvalidValueException;
import java.util.Locale;
import java.util.stream.Stream;

/** In which way an upload comes in parts. */
enum ResumableKind {
    /** Numbered parts, in any order. */
    PARTS,
    /** Appended to, by tus. */
    TUS,
    /** Appended to, by tus, to be a part of another upload only. */
    TUS_PARTIAL;

    @JsonCreator
    static ResumableKind of(String text) {
        return Stream.of(values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("kind", "must be parts, tus or tus_partial"));
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
