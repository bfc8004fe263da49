package dev.orchard.infrastructure.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** Settings on their way to a program that reads them from a file. */
public final class PropertiesFile {
    private PropertiesFile() {}

    public static void write(Path file, Map<String, String> settings) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, "written at each start");
        }
    }
}
