package dev.orchard.standalone;

import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.infrastructure.postgres.Passwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/** What the parts of this Orchard know each other by. Made once, kept in the data directory. */
record Secrets(Path adminTokenFile, boolean isAdminTokenNew, Path serviceTokenFile, Passwords passwords) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secrets of(DataDirectory data) throws IOException {
        Path adminToken = data.path("admin-token");
        boolean isNew = !Files.exists(adminToken);
        read(adminToken);
        Path serviceToken = data.path("secrets/service-token");
        read(serviceToken);
        Map<LoginRole, String> passwords = new EnumMap<>(LoginRole.class);
        for (LoginRole role : LoginRole.values()) {
            passwords.put(role, read(data.path("secrets/" + role.roleName())));
        }
        return new Secrets(adminToken, isNew, serviceToken, new Passwords(passwords));
    }

    String adminToken() throws IOException {
        return read(adminTokenFile);
    }

    private static String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[32];
            RANDOM.nextBytes(bytes);
            PrivateFile.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return Files.readString(file).strip();
    }
}
