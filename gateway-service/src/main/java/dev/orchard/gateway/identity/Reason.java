package dev.orchard.gateway.identity;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a client gives as its reason: the plain UTF-8 text of a header, at most 500 characters of it. */
final class Reason {
    private static final int LIMIT = 500;

    private Reason() {}

    /** @param header as the servlet container decoded it, a byte a character (RFC 9110, section 5.5) */
    static @Nullable String of(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.isEmpty() ? null : bounded(plain);
    }

    private static String bounded(String text) {
        return text.codePointCount(0, text.length()) <= LIMIT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LIMIT));
    }
}
