package dev.orchard.metadata.upload;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload that is to be recorded.
 *
 * @param newKey where the new bytes lie, if the caller says it; null where the database knows, or nothing was sent
 */
public record Recording(
        BytesFrom from, UUID uploadId, @Nullable String newKey, StoredUpload upload) {
    /** Where it stands under which key the upload's bytes lie. */
    public enum BytesFrom {
        /** In the intent that was committed before them. */
        INTENT,
        /** In a resumable upload. */
        RESUMABLE,
        /** Nowhere but in the key itself, which its sender made: a UUID of version 7, believed while it is young. */
        DIRECT,
        /** There are none: the content was declared. */
        NONE
    }
}
