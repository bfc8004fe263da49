package dev.orchard.audit.ledger;

import dev.orchard.support.naming.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The bytes of a record exactly as they came, whatever they are. Nobody changes the array. */
final class Payload {
    private final byte[] bytes;
    private final Sha256 sha256;

    Payload(byte[] bytes) {
        this.bytes = bytes;
        this.sha256 = digest(bytes);
    }

    Payload(String text) {
        this(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return bytes;
    }

    Sha256 sha256() {
        return sha256;
    }

    private static Sha256 digest(byte[] bytes) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
