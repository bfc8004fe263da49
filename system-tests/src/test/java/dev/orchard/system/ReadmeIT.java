package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first upload, and the check of the trail after it, run as they are written, but for the port. */
class ReadmeIT {
    private static final Path HOME =
            Path.of(System.getProperty("orchard.home", "..")).toAbsolutePath();

    private final RunningOrchard orchard = RunningOrchard.shared();

    @TempDir
    Path folder;

    @Test
    void showsAFirstUploadAndACheckOfTheTrailThatWorkAsTheyAreWritten() throws Exception {
        Files.createSymbolicLink(folder.resolve("orchard-data"), orchard.data());
        Path command = Files.writeString(folder.resolve("orchard"), "exec " + HOME.resolve("orchard") + " \"$@\"\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Path output = folder.resolve("output");
        var builder = new ProcessBuilder(
                        "bash", "-euc", block("First upload") + block("Large uploads") + block("Check the trail"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ORCHARD_BUILT", "true");
        var bash = builder.start();

        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output)
                .content()
                .contains("\"deduplicated\":false")
                .contains("\nHello, Orchard\n")
                .contains("\"name\":\"latest\"")
                .contains("\"status\":\"in_progress\"")
                .contains("\"tag\":\"parts\",\"ref_count\":2,\"deduplicated\":true")
                .contains("epochs");
    }

    private String block(String heading) throws Exception {
        var block = Pattern.compile("## " + heading + ".*?```bash\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(HOME.resolve("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1).replace("http://127.0.0.1:8080", orchard.url().toString());
    }
}
