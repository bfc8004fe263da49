package dev.orchard.infrastructure.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The root of the repository, and what the build left in its modules. */
public record OrchardHome(Path root) {
    /** Named by the system property {@code orchard.home}, or else the folder above us that holds {@code orchard}. */
    public static OrchardHome find() {
        Path named = Optional.ofNullable(System.getProperty("orchard.home"))
                .map(Path::of)
                .orElseGet(() -> above(Path.of("").toAbsolutePath()));
        return new OrchardHome(named.toAbsolutePath());
    }

    private static Path above(Path start) {
        return Stream.iterate(start, Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve("orchard")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the repository is not above " + start + ": set the system property orchard.home"));
    }

    /** The module's own jar first, then the jars it runs with, as {@code java -cp} takes them. */
    public String classPath(String module) throws IOException {
        Path target = root.resolve(module).resolve("target");
        Path jar = target.resolve("orchard-" + Path.of(module).getFileName() + "-" + version() + ".jar");
        Path others = target.resolve("classpath");
        if (!Files.isRegularFile(jar) || !Files.isRegularFile(others)) {
            throw new IOException(module + " is not built: run mvn package");
        }
        return jar + File.pathSeparator + Files.readString(others).strip();
    }

    /** The version of Orchard that this is. */
    public static String version() {
        try (InputStream version = OrchardHome.class.getResourceAsStream("/dev/orchard/infrastructure/version")) {
            return new String(Objects.requireNonNull(version).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
