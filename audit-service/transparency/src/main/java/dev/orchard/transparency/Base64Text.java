package dev.orchard.transparency;

import java.util.Base64;

/** Base64 (RFC 4648, section 4) in its one spelling: Java's decoder lets stray bits and missing padding pass. */
final class Base64Text {
    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException if it is not the one spelling of some bytes */
    static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException("it is not canonical Base64");
        }
        return bytes;
    }
}
