package dev.orchard.support.naming;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A tag's name, unique in its package. Pattern: {@code [A-Za-z0-9_][A-Za-z0-9._+-]{0,127}}. */
public record TagName(@JsonValue String value) {
    public TagName {
        Names.requireTag("tag", value);
    }

    /** @throws InvalidValueException if {@code value} is not a tag name */
    @JsonCreator
    public static TagName of(String value) {
        return new TagName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
