package dev.orchard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.infrastructure.process.Child;
import dev.orchard.infrastructure.process.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartArchivesIT {
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC");

    private static final String FROM_ARCHIVE = "Greeter source: shared objects file";

    @TempDir
    Path folder;

    private Path jar;
    private StartArchives archives;

    @BeforeEach
    void makeAJar() throws IOException {
        jar = folder.resolve("greeter.jar");
        String greeter = Greeter.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file);
                var bytes = StartArchivesIT.class.getClassLoader().getResourceAsStream(greeter)) {
            entries.putNextEntry(new JarEntry(greeter));
            bytes.transferTo(entries);
        }
        archives = new StartArchives(folder.resolve("archives"), folder.resolve("lists"), folder.resolve("log"));
    }

    /** What the archive is made for. */
    static final class Greeter {
        public static void main(String[] arguments) {
            System.out.println("greetings");
        }
    }

    @Test
    void areMadeFromTheFirstRunAndUsedByTheNext() throws Exception {
        assertThat(run()).contains("greetings").doesNotContain(FROM_ARCHIVE);
        archives.makeMissing();
        assertThat(run()).contains("greetings").contains(FROM_ARCHIVE);
    }

    @Test
    void areNotUsedOnceAJarHasChanged() throws Exception {
        run();
        archives.makeMissing();
        Files.write(jar, new byte[1], StandardOpenOption.APPEND);
        assertThat(options()).singleElement().asString().startsWith("-XX:DumpLoadedClassList=");
    }

    @Test
    void takeThePlaceOfThoseOfOlderJars() throws Exception {
        run();
        archives.makeMissing();
        Files.write(jar, new byte[1], StandardOpenOption.APPEND);
        run();
        archives.makeMissing();
        assertThat(folder.resolve("archives")).isDirectoryContaining("glob:**.jsa");
        try (var left = Files.list(folder.resolve("archives"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void areMadeFromAListWhoseLastLineIsCutOff() throws Exception {
        run();
        Files.writeString(folder.resolve("lists/greeter.classes"), "@lambda-proxy dev/or", StandardOpenOption.APPEND);
        archives.makeMissing();
        assertThat(options()).singleElement().asString().startsWith("-XX:SharedArchiveFile=");
    }

    @Test
    void areNotMadeAnyMoreOnceTheyAreClosed() throws Exception {
        run();
        archives.close();
        archives.makeMissing();
        assertThat(folder.resolve("archives")).isEmptyDirectory();
    }

    private List<String> options() throws IOException {
        return archives.options("greeter", OPTIONS, jar.toString());
    }

    private String run() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(options());
        command.addAll(List.of("-Xlog:class+load", "-cp", jar.toString(), Greeter.class.getName()));
        Path log = Files.createTempFile(folder, "run", ".log");
        Child child = Child.spawn(new Program("greeter", Program.Kind.JVM, command, Map.of(), log));
        assertThat(child.exitCode()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }
}
