package dev.orchard.infrastructure.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How one of our modules is run: a JVM that starts fast and stays small. */
public record JavaProgram(OrchardHome home, StartCache cache) {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** glibc gives each thread an arena of its own otherwise, and keeps them. */
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    /** Finds the modules of this repository, and caches nothing. */
    public static JavaProgram plain() {
        return new JavaProgram(OrchardHome.find(), StartCache.NONE);
    }

    /** A module of the repository, by its path, as a program. */
    public Program of(Module module, Map<String, String> environment, Path log) throws IOException {
        String classPath = home.classPath(module.path());
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("-Xmx" + module.heapMegabytes() + "m");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(cache.options(module.name(), options, classPath));
        command.addAll(List.of("-cp", classPath, module.mainClass()));
        command.addAll(module.arguments());
        Map<String, String> all = new HashMap<>(ENVIRONMENT);
        all.putAll(environment);
        return new Program(module.name(), Program.Kind.JVM, command, all, log);
    }

    /** What of the repository is to be run. */
    public record Module(String name, String path, String mainClass, int heapMegabytes, List<String> arguments) {}
}
