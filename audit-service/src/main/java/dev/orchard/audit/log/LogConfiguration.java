package dev.orchard.audit.log;

import dev.orchard.transparency.SigningKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log's key. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {
    /** A key is made once, before there is anything that another one has signed: a new key is another log. */
    @Bean
    SigningKey signingKey(LogSettings settings, PostgresLogStore store) {
        var file = new LogKeyFile(settings.keyFile());
        if (!file.exists()) {
            if (store.findLatest().isPresent()) {
                throw new IllegalStateException("the key of the log, " + file.path()
                        + ", is missing, and there are checkpoints that it has signed: put it back");
            }
            file.create(newKey(settings.origin()));
        }
        return named(settings.origin(), file);
    }

    private static SigningKey newKey(@Nullable String origin) {
        return SigningKey.generate(publicKey -> origin == null ? "orchard-" + digits(publicKey) : origin);
    }

    private static SigningKey named(@Nullable String origin, LogKeyFile file) {
        var key = file.read();
        String name = key.verifier().name();
        if (origin != null && !origin.equals(name)) {
            throw new IllegalStateException("orchard.audit.log.origin is " + origin + ", and the key " + file.path()
                    + " is the one of " + name);
        }
        return key;
    }

    private static String digits(byte[] publicKey) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
