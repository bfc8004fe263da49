package dev.orchard.audit.search;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for: those that fit everything that is given. Controllers take it as a parameter, read from
 * the query.
 *
 * @param from the earliest event time, itself included
 * @param to the latest event time, itself excluded
 */
public record EventFilter(
        @Nullable ProjectName project,
        @Nullable PackageName packageName,
        @Nullable TagName tag,
        @Nullable Sha256 artifact,
        @Nullable String type,
        @Nullable String actor,
        @Nullable String requestId,
        @Nullable Instant from,
        @Nullable Instant to) {
    public EventFilter {
        requireText("type", type);
        requireText("actor", actor);
        requireText("request_id", requestId);
    }

    private static void requireText(String field, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw new InvalidValueException(field, "must not hold the character NUL");
        }
    }
}
