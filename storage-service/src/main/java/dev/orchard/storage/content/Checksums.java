package dev.orchard.storage.content;

import dev.orchard.support.naming.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What was computed over the bytes of one blob while they passed.
 *
 * @param crc32c CRC-32C (RFC 3720) as eight lower-case hex digits
 * @param sha1 lower-case hex, where it was asked for
 * @param md5 lower-case hex, where it was asked for
 */
public record Checksums(
        Sha256 sha256,
        String crc32c,
        @Nullable String sha1,
        @Nullable String md5) {}
