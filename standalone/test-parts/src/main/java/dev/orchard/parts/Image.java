package dev.orchard.parts;

import dev.orchard.infrastructure.process.OrchardHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The images of the parts; {@code docker-compose.yml} says which tag. */
enum Image {
    POSTGRES("postgres"),
    KAFKA("apache/kafka"),
    CONNECT("quay.io/debezium/connect"),
    S3("andrewgaul/s3proxy");

    private final String repository;

    Image(String repository) {
        this.repository = repository;
    }

    /** Its whole name. */
    String reference() {
        Path compose = OrchardHome.find().root().resolve("docker-compose.yml");
        try {
            Matcher line = Pattern.compile("image: (" + Pattern.quote(repository) + ":\\S+)")
                    .matcher(Files.readString(compose));
            if (!line.find()) {
                throw new IllegalStateException(compose + " names no image of " + repository);
            }
            return line.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
