package dev.orchard.metadata.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orchard.support.naming.InvalidValueException;
import java.util.Locale;

/** Who may read a project without being one of its members. */
public enum Visibility {
    PRIVATE,
    PUBLIC;

    /** @throws InvalidValueException if {@code text} is neither {@code private} nor {@code public} */
    @JsonCreator
    public static Visibility of(String text) {
        return switch (text) {
            case "private" -> PRIVATE;
            case "public" -> PUBLIC;
            default -> throw new InvalidValueException("visibility", "must be private or public");
        };
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
