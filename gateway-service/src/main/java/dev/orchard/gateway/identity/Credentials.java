package dev.orchard.gateway.identity;

import dev.orchard.support.http.ServiceToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tells whether an {@code Authorization} header holds the token, as RFC 6750 or RFC 7617 write it. */
final class Credentials {
    private static final String BASIC = "Basic ";

    private final ServiceToken token;

    Credentials(ServiceToken token) {
        this.token = token;
    }

    boolean areIn(@Nullable String authorization) {
        return authorization != null
                && (token.matchesBearer(authorization) || token.matches(basicPassword(authorization)));
    }

    /** The password of Basic credentials, whoever the user; null where there is none. */
    private static @Nullable String basicPassword(String authorization) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? null : pair.substring(colon + 1);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
