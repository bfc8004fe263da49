package dev.orchard.transparency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/** The private key of a log, as C2SP signed-note has it for Ed25519. */
public final class SigningKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final KeyPair pair;
    private final byte[] seed;
    private final VerifierKey verifier;

    private SigningKey(String name, byte[] seed) {
        this.seed = seed;
        this.pair = pair(seed);
        byte[] encoded = pair.getPublic().getEncoded();
        this.verifier = new VerifierKey(name, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    /** A new key, whose name is made from the 32 bytes of its public half. */
    public static SigningKey generate(Function<byte[], String> name) {
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        byte[] encoded = pair(seed).getPublic().getEncoded();
        return new SigningKey(name.apply(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)), seed);
    }

    /** @throws IllegalArgumentException if it is no {@code PRIVATE+KEY+name+hash+base64} */
    public static SigningKey parse(String text) {
        String[] parts = text.split("[+]", 5);
        if (parts.length != 5 || !text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("it is no signing key of a note");
        }
        byte[] typed = Base64Text.decode(parts[4]);
        if (typed.length != 33) {
            throw new IllegalArgumentException("it is no signing key of a note");
        }
        var key = new SigningKey(parts[2], Arrays.copyOfRange(typed, 1, 33));
        if (!key.text().equals(text)) {
            throw new IllegalArgumentException("it is no signing key of a note");
        }
        return key;
    }

    /** {@code PRIVATE+KEY+name+hash+base64}: a secret. */
    public String text() {
        byte[] typed = ByteBuffer.allocate(33).put((byte) 1).put(seed).array();
        return PREFIX + verifier.name() + "+" + HexFormat.of().formatHex(verifier.id()) + "+"
                + Base64Text.encode(typed);
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /**
     * The signed note over this text, which ends with a newline.
     *
     * @throws IllegalArgumentException if it does not, or has control characters or what UTF-8 cannot carry
     */
    public String sign(String text) {
        if (!text.endsWith("\n")
                || text.chars().anyMatch(c -> c < ' ' && c != '\n')
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("a note cannot carry this text");
        }
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            byte[] signed = ByteBuffer.allocate(68)
                    .put(verifier.id())
                    .put(signature.sign())
                    .array();
            return text + "\n\u2014 " + verifier.name() + " " + Base64Text.encode(signed) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, new SecureRandom() {
                @Override
                public void nextBytes(byte[] bytes) {
                    System.arraycopy(seed, 0, bytes, 0, bytes.length);
                }
            });
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
