package dev.orchard.metadata.fsck;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.orchard.support.naming.Sha256;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not agree.
 *
 * @param expected what the rows say, found what there is; null where there is nothing
 */
record Finding(
        Kind kind,
        @Nullable Sha256 artifactId,
        @Nullable String storageKey,
        @Nullable String expected,
        @Nullable String found,
        boolean repaired) {
    /** What can be wrong. */
    enum Kind {
        /** An artifact has no blob. */
        MISSING_BLOB,
        /** A blob is longer or shorter than its artifact. */
        WRONG_SIZE,
        /** A blob holds other bytes than its artifact's. */
        WRONG_DIGEST,
        /** No row knows an object. */
        UNREFERENCED_BLOB,
        /** A reference count is not the number of tags. */
        WRONG_COUNT;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
