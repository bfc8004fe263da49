package dev.orchard.storage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which store the blobs are kept in.
 *
 * @param kind what holds them; the store of that kind has settings of its own
 */
@ConfigurationProperties("orchard.storage")
record StorageSettings(@DefaultValue("file-system") Kind kind) {
    /** The stores that there are. */
    enum Kind {
        FILE_SYSTEM,
        S3
    }
}
