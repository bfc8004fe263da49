package dev.orchard.support.naming;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A package's name, unique in its project. Pattern: {@code [a-z0-9][a-z0-9._-]{0,127}}. */
public record PackageName(@JsonValue String value) {
    public PackageName {
        Names.requireName("package", value);
    }

    /** @throws InvalidValueException if {@code value} is not a package name */
    @JsonCreator
    public static PackageName of(String value) {
        return new PackageName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
