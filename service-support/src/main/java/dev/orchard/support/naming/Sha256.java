package dev.orchard.support.naming;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A SHA-256 digest, the id of an artifact: 32 bytes, written as 64 lower-case hex digits. */
public record Sha256(@JsonValue String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        requireHex(hex);
    }

    /** @throws InvalidValueException if {@code hex} is not 64 lower-case hex digits */
    @JsonCreator
    public static Sha256 of(String hex) {
        return new Sha256(hex);
    }

    /** @throws InvalidValueException if there are not exactly 32 bytes */
    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The digest as RFC 9530 writes it: {@code sha-256=:BASE64:}. */
    public String asDigestField() {
        return "sha-256=:" + Base64.getEncoder().encodeToString(bytes()) + ":";
    }

    /** The digest as an entity tag (RFC 9110): {@code "HEX"}. */
    public String asEntityTag() {
        return '"' + hex + '"';
    }

    @Override
    public String toString() {
        return hex;
    }

    private static void requireHex(@Nullable String hex) {
        if (hex == null || !HEX.matcher(hex).matches()) {
            throw new InvalidValueException("sha256", "must be 64 lower-case hex digits");
        }
    }
}
