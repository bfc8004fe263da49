package dev.orchard.metadata.upload;

import org.jspecify.annotations.Nullable;

/**
 * What a look at the blob of content that is there already has shown.
 *
 * @param key null where nobody has looked yet
 */
record SeenBlob(@Nullable String key, boolean whole) {
    static final SeenBlob NONE = new SeenBlob(null, false);
}
