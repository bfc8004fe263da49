package dev.orchard.standalone;

import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Part;
import dev.orchard.infrastructure.process.Probe;
import dev.orchard.infrastructure.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One of the four services, as {@code docs/services.md} describes it.
 *
 * @param settings by the names of their properties; the process gets them in its environment
 */
record ServicePart(JavaProgram java, String name, String mainClass, int port, Map<String, Object> settings, Path log)
        implements Part {
    private static final int HEAP_MEGABYTES = 128;

    @Override
    public Program program() throws IOException {
        JavaProgram.Module module =
                new JavaProgram.Module(name, name + "-service", mainClass, HEAP_MEGABYTES, List.of());
        return java.of(module, environment(), log);
    }

    private Map<String, String> environment() {
        return settings.entrySet().stream()
                .collect(Collectors.toMap(
                        setting -> variable(setting.getKey()),
                        setting -> setting.getValue().toString()));
    }

    /** Spring Boot's way from a property to a variable. */
    static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public Probe probe() {
        return Probe.http(URI.create(url() + "/actuator/health/readiness"));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Without the settings, some of which are secret. */
    @Override
    public String toString() {
        return name + " at " + url();
    }
}
