package dev.orchard.gateway.download;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A filename as {@code Content-Disposition} carries it (RFC 6266): plain for old readers, and exactly (RFC 8187). */
final class AttachmentName {
    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\x20-\\x7e]|[\"\\\\%]");
    private static final String EXACT = "!#$&+-.^_`|~";

    private AttachmentName() {}

    static String disposition(String filename) {
        String plain = NOT_PLAIN.matcher(filename).replaceAll("_");
        String field = "attachment; filename=\"" + plain + '"';
        return plain.equals(filename) ? field : field + "; filename*=UTF-8''" + exact(filename);
    }

    private static String exact(String filename) {
        var exact = new StringBuilder();
        for (byte octet : filename.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || EXACT.indexOf(c) >= 0)) {
                exact.append(c);
            } else {
                exact.append("%%%02X".formatted(octet & 0xff));
            }
        }
        return exact.toString();
    }
}
