package dev.orchard.gateway.download;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;

/** What a download asks for: a tag, or {@code sha256:HEX}. */
record ContentRef(String value) {
    private static final String DIGEST = "sha256:";

    /** @throws InvalidValueException if it is neither */
    public static ContentRef of(String value) {
        return new ContentRef(
                value.startsWith(DIGEST)
                        ? DIGEST + Sha256.of(value.substring(DIGEST.length()))
                        : TagName.of(value).value());
    }

    /** Whether what is behind it can never change. */
    boolean isDigest() {
        return value.startsWith(DIGEST);
    }
}
