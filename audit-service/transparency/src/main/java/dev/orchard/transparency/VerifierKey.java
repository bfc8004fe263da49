package dev.orchard.transparency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The public key of a log, as C2SP signed-note has it for Ed25519. */
public final class VerifierKey {
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte ED25519 = 1;

    private final String name;
    private final byte[] publicKey;

    VerifierKey(String name, byte[] publicKey) {
        if (name.isEmpty() || name.chars().anyMatch(VerifierKey::endsAName)) {
            throw new IllegalArgumentException("a note cannot carry this name of a key");
        }
        this.name = name;
        this.publicKey = publicKey;
    }

    /** @throws IllegalArgumentException if it is no {@code name+hash+base64} of an Ed25519 key */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("[+]", 3);
        byte[] typed = parts.length == 3 ? Base64Text.decode(parts[2]) : new byte[0];
        if (typed.length != 33) {
            throw new IllegalArgumentException("it is no verifier key of an Ed25519 note");
        }
        var key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, 33));
        if (!key.text().equals(text)) {
            throw new IllegalArgumentException("it is no verifier key of an Ed25519 note");
        }
        return key;
    }

    public String name() {
        return name;
    }

    /** {@code name+hash+base64}. */
    public String text() {
        byte[] typed = ByteBuffer.allocate(33).put(ED25519).put(publicKey).array();
        return name + "+" + HexFormat.of().formatHex(id()) + "+" + Base64Text.encode(typed);
    }

    /**
     * The text of a note that this key signed, and nobody else.
     *
     * @throws IllegalArgumentException if it did not
     */
    public String verify(String note) {
        int split = note.lastIndexOf("\n\n");
        String prefix = "\u2014 " + name + " ";
        String text = split < 0 ? "" : note.substring(0, split + 1);
        String line = split < 0 ? "" : note.substring(split + 2);
        if (!line.startsWith(prefix) || line.indexOf('\n') != line.length() - 1) {
            throw new IllegalArgumentException("the note has no signature of " + name);
        }
        byte[] signed = Base64Text.decode(line.substring(prefix.length(), line.length() - 1));
        if (signed.length != 68 || !Arrays.equals(Arrays.copyOf(signed, 4), id()) || !verifies(text, signed)) {
            throw new IllegalArgumentException("the note is not signed with the key of " + name);
        }
        return text;
    }

    byte[] id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(ED25519);
            return Arrays.copyOf(digest.digest(publicKey), 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean endsAName(int c) {
        return c == '+' || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    private boolean verifies(String text, byte[] signed) {
        try {
            var encoded = ByteBuffer.allocate(44).put(X509).put(publicKey).array();
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Arrays.copyOfRange(signed, 4, 68));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
