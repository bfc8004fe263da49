package dev.orchard.transparency.verify;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the first of all faults, by the place of the entry that is at fault. */
final class Faults {
    private long index = Long.MAX_VALUE;
    private @Nullable String message;

    void add(long index, Object name, String fault) {
        if (index < this.index) {
            this.index = index;
            this.message = "entry " + index + " (event " + name + "): " + fault;
        }
    }

    Optional<String> first() {
        return Optional.ofNullable(message);
    }
}
