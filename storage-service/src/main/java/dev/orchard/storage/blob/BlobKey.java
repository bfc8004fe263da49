package dev.orchard.storage.blob;

import dev.orchard.support.naming.InvalidValueException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where one blob lives: {@code blobs/UUID}, made up for one physical write and never used again. */
public record BlobKey(UUID id) implements ObjectKey {
    /** What every key starts with, in the database and in S3. */
    public static final String PREFIX = "blobs/";

    private static final Pattern WRITTEN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** @throws InvalidValueException if {@code id} is not a UUID in its one lower-case spelling */
    public static BlobKey of(@Nullable String id) {
        if (id == null || !isWritten(id)) {
            throw new InvalidValueException("key", "must be a UUID in lower case");
        }
        return new BlobKey(UUID.fromString(id));
    }

    /** Whether a key can have this id. */
    public static boolean isWritten(String id) {
        return WRITTEN.matcher(id).matches();
    }

    @Override
    public String toString() {
        return PREFIX + id;
    }
}
