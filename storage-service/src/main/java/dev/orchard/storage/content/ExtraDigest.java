package dev.orchard.storage.content;

import dev.orchard.support.naming.InvalidValueException;
import java.util.Arrays;

/** A digest that is computed only for those who ask: too weak to trust, but what some clients compare. */
public enum ExtraDigest {
    SHA1("sha1", "SHA-1"),
    MD5("md5", "MD5");

    private final String name;
    private final String algorithm;

    ExtraDigest(String name, String algorithm) {
        this.name = name;
        this.algorithm = algorithm;
    }

    /** @throws InvalidValueException if {@code name} is neither {@code sha1} nor {@code md5} */
    public static ExtraDigest of(String name) {
        return Arrays.stream(values())
                .filter(digest -> digest.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("digests", "must be sha1 or md5"));
    }

    String algorithm() {
        return algorithm;
    }
}
