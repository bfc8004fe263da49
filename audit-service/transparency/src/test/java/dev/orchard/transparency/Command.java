package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program of the machine to its end. */
record Command(int exit, String output) {
    static boolean exists(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static Command run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".log");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(ended).as(Files.readString(output)).isTrue();
            return new Command(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
