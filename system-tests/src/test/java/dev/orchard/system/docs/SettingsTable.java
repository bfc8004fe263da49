package dev.orchard.system.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of all settings, from what Spring Boot's processor writes down about the settings records. */
final class SettingsTable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> MODULES = Map.of(
            "service-support", "all",
            "gateway-service", "gateway",
            "metadata-service", "metadata",
            "storage-service", "storage",
            "audit-service", "audit");
    private static final List<String> ORDER =
            List.of("service-support", "gateway-service", "metadata-service", "storage-service", "audit-service");

    private SettingsTable() {}

    static String of(Path home) throws IOException {
        var table = new StringBuilder(
                "| service | in the environment | default | what it is |\n| --- | --- | --- | --- |\n");
        for (String module : ORDER) {
            var file = home.resolve(module).resolve("target/classes/META-INF/spring-configuration-metadata.json");
            var properties = JSON.readTree(Files.readString(file)).path("properties");
            table.append(StreamSupport.stream(properties.spliterator(), false)
                    .filter(property ->
                            !property.path("sourceType").asString("").isEmpty())
                    .map(property -> row(MODULES.get(module), property))
                    .sorted()
                    .collect(Collectors.joining()));
        }
        return table.toString();
    }

    private static String row(String service, JsonNode property) {
        String name = property.path("name").asString();
        String description = property.path("description").asString("");
        if (description.isEmpty()) {
            throw new IllegalStateException(name + " is not described: its record's Javadoc lacks a @param");
        }
        var given = property.path("defaultValue");
        return "| %s | `%s` | %s | %s |%n"
                .formatted(service, variable(name), given.isMissingNode() ? "" : given.asString(), plain(description));
    }

    /** Spring Boot's way from a property to a variable. */
    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]*)}", "`$1`").replace("|", "\\|");
    }
}
