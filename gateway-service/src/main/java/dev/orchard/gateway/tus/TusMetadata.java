package dev.orchard.gateway.tus;

import dev.orchard.gateway.upload.Filename;
import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code Upload-Metadata} says of a file; keys that Orchard does not know are left aside. */
record TusMetadata(Map<String, String> values) {
    private static final int TYPE_LIMIT = 255;

    /** @throws IllegalArgumentException if a key comes twice or a value is not Base64 */
    static TusMetadata of(@Nullable String header) {
        Map<String, String> values = new LinkedHashMap<>();
        if (header != null && !header.isBlank()) {
            for (String pair : header.split(",", -1)) {
                String[] keyAndValue = pair.strip().split(" +", 2);
                String value = keyAndValue.length == 1 ? "" : decode(keyAndValue[1].strip());
                if (keyAndValue[0].isEmpty() || values.put(keyAndValue[0], value) != null) {
                    throw new IllegalArgumentException("a key is empty or comes twice");
                }
            }
        }
        return new TusMetadata(values);
    }

    /** The header that says this; null for no value at all. */
    static String format(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + " "
                        + Base64.getEncoder().encodeToString(value.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(","));
    }

    /** @throws InvalidValueException if it cannot be shown */
    Optional<Filename> filename() {
        return value("filename").map(Filename::of);
    }

    /** @throws InvalidValueException if it is no tag */
    Optional<TagName> tag() {
        return value("tag").map(TagName::of);
    }

    /** @throws InvalidValueException if it is not 64 hex digits */
    Optional<Sha256> sha256() {
        return value("sha256").map(hex -> Sha256.of(hex.toLowerCase(Locale.ROOT)));
    }

    /** @throws InvalidValueException if it is too long, or holds what no header may */
    String filetype() {
        String type = value("filetype").orElse("application/octet-stream");
        if (type.length() > TYPE_LIMIT || type.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("filetype", "must be 1 to 255 characters without control characters");
        }
        return type;
    }

    /** A browser that does not know a value sends an empty one. */
    private Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
