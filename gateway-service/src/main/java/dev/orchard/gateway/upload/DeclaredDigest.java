package dev.orchard.gateway.upload;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.Sha256;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The digest that a client declares before it sends: {@code Repr-Digest} and {@code Content-Digest} (RFC 9530, of which
 * other algorithms than sha-256 are ignored) or {@code X-Checksum-Sha256}.
 */
final class DeclaredDigest {
    /** A member of a dictionary whose values are byte sequences (RFC 9651), parameters left aside. */
    private static final Pattern MEMBER = Pattern.compile("([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):(?:;[^,]*)?");

    private DeclaredDigest() {}

    /**
     * @param fields the values of the two RFC 9530 fields
     * @param checksums the values of {@code X-Checksum-Sha256}
     * @throws InvalidValueException if one is malformed or two differ
     */
    static Optional<Sha256> of(List<String> fields, List<String> checksums) {
        List<Sha256> declared = new ArrayList<>();
        fields.forEach(field -> addDigests(field, declared));
        checksums.forEach(checksum -> declared.add(hex(checksum)));
        if (declared.stream().distinct().count() > 1) {
            throw new InvalidValueException("Repr-Digest", "and the other declarations of the digest differ");
        }
        return declared.stream().findFirst();
    }

    private static void addDigests(String field, List<Sha256> declared) {
        for (String text : field.split(",", -1)) {
            var member = MEMBER.matcher(text.strip());
            if (!member.matches()) {
                throw new InvalidValueException("Repr-Digest", "must be like sha-256=:BASE64: (RFC 9530)");
            }
            if (member.group(1).equals("sha-256")) {
                declared.add(base64(member.group(2)));
            }
        }
    }

    private static Sha256 base64(String text) {
        try {
            return Sha256.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("Repr-Digest", "must hold the 32 bytes of a SHA-256 in Base64");
        }
    }

    private static Sha256 hex(String text) {
        try {
            return Sha256.of(text.strip().toLowerCase(Locale.ROOT));
        } catch (InvalidValueException e) {
            throw new InvalidValueException("X-Checksum-Sha256", "must be 64 hex digits");
        }
    }
}
