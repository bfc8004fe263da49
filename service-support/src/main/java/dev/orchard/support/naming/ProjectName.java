package dev.orchard.support.naming;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A project's name, unique in this Orchard. Pattern: {@code [a-z0-9][a-z0-9._-]{0,127}}. */
public record ProjectName(@JsonValue String value) {
    public ProjectName {
        Names.requireName("project", value);
    }

    /** @throws InvalidValueException if {@code value} is not a project name */
    @JsonCreator
    public static ProjectName of(String value) {
        return new ProjectName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
