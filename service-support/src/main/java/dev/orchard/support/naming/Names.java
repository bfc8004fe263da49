package dev.orchard.support.naming;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two patterns that names follow; the database holds the same ones as constraints. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,127}");

    private Names() {}

    static void requireName(String field, @Nullable String value) {
        require(NAME, field, value);
    }

    static void requireTag(String field, @Nullable String value) {
        require(TAG, field, value);
    }

    private static void require(Pattern pattern, String field, @Nullable String value) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new InvalidValueException(field, "must match " + pattern.pattern());
        }
    }
}
