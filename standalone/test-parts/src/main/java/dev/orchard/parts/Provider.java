package dev.orchard.parts;

import java.util.Locale;

/** Who provides the parts: the system property {@code orchard.parts} says it, {@code mvn -Pcontainers} sets it. */
enum Provider {
    /** Processes of this machine, as {@code ./orchard up} starts them. */
    EMBEDDED,
    /** Testcontainers, from the images that {@code docker-compose.yml} names. */
    CONTAINERS;

    static Provider chosen() {
        return valueOf(System.getProperty("orchard.parts", "embedded").toUpperCase(Locale.ROOT));
    }
}
