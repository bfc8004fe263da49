package dev.orchard.support.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A secret kept in a file, compared in constant time. */
public final class ServiceToken {
    private static final String BEARER = "Bearer ";

    private final String token;

    private ServiceToken(String token) {
        this.token = token;
    }

    /** @throws IllegalStateException if the file holds no secret of at least 32 characters */
    public static ServiceToken read(Path file) {
        try {
            String token = Files.readString(file).strip();
            if (token.length() < 32) {
                throw new IllegalStateException(file + " must hold a token of at least 32 characters");
            }
            return new ServiceToken(token);
        } catch (IOException e) {
            throw new UncheckedIOException("the token file " + file + " cannot be read", e);
        }
    }

    public boolean matches(@Nullable String candidate) {
        return candidate != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an {@code Authorization} header holds this token as a bearer token (RFC 6750). */
    public boolean matchesBearer(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && matches(authorization.substring(BEARER.length()).strip());
    }

    String asBearer() {
        return BEARER + token;
    }
}
