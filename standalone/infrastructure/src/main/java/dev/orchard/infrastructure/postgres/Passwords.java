package dev.orchard.infrastructure.postgres;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A password for each role that may log in. */
public record Passwords(Map<LoginRole, String> byRole) {
    public Passwords {
        byRole = Map.copyOf(byRole);
        if (byRole.size() != LoginRole.values().length) {
            throw new IllegalArgumentException(
                    "a password is needed for each of " + Arrays.toString(LoginRole.values()));
        }
    }

    public static Passwords random() {
        SecureRandom random = new SecureRandom();
        return new Passwords(Arrays.stream(LoginRole.values())
                .collect(Collectors.toMap(
                        role -> role, role -> random(random), (a, b) -> a, () -> new EnumMap<>(LoginRole.class))));
    }

    private static String random(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public String of(LoginRole role) {
        return Objects.requireNonNull(byRole.get(role));
    }

    /** Says nothing: what is written to a log stays there. */
    @Override
    public String toString() {
        return "Passwords[]";
    }
}
