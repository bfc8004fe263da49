package dev.orchard.storage.content;

import dev.orchard.support.naming.InvalidValueException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A SHA-256 and a CRC-32C that are not finished, over the first bytes of a blob: whoever holds it can go on, in another
 * process too. Opaque to all but the store that made it; it leaves the process as Base64.
 */
public final class DigestState {
    private final byte[] encoded;

    public DigestState(byte[] encoded) {
        this.encoded = encoded.clone();
    }

    /** @throws InvalidValueException if it is not Base64 */
    public static DigestState of(String base64) {
        try {
            return new DigestState(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("digest_state", "must be as it was answered for a part");
        }
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DigestState state && Arrays.equals(encoded, state.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
