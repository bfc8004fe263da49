package dev.orchard.infrastructure.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How one of our modules is run: a JVM that starts fast and stays small, or, if asked for, one that works fast. */
public record JavaProgram(OrchardHome home, StartCache cache, Compiler compiler) {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** glibc gives each thread an arena of its own otherwise, and keeps them. */
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    /** What of the JVM's compilers works. */
    public enum Compiler {
        /** The first one only: little time and memory. */
        FIRST("-XX:TieredStopAtLevel=1"),
        /** The second one too: what runs often gets faster for minutes, and takes more memory. */
        BOTH("-XX:TieredStopAtLevel=4");

        private final String option;

        Compiler(String option) {
            this.option = option;
        }
    }

    /** Finds the modules of this repository, and caches nothing. */
    public static JavaProgram plain() {
        return new JavaProgram(OrchardHome.find(), StartCache.NONE, Compiler.FIRST);
    }

    /** The same with another compiler. */
    public JavaProgram with(Compiler other) {
        return new JavaProgram(home, cache, other);
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
        command.add(compiler.option); // not for the cache: what is in it holds for both
        command.addAll(List.of("-cp", classPath, module.mainClass()));
        command.addAll(module.arguments());
        Map<String, String> all = new HashMap<>(ENVIRONMENT);
        all.putAll(environment);
        return new Program(module.name(), Program.Kind.JVM, command, all, log);
    }

    /** What of the repository is to be run. */
    public record Module(String name, String path, String mainClass, int heapMegabytes, List<String> arguments) {}
}
