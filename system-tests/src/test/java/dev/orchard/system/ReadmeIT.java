package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first upload, run as it is written, but for the port. */
class ReadmeIT {
    private static final Path HOME =
            Path.of(System.getProperty("orchard.home", "..")).toAbsolutePath();

    private final RunningOrchard orchard = RunningOrchard.shared();

    @TempDir
    Path folder;

    @Test
    void showsAFirstUploadThatWorksAsItIsWritten() throws Exception {
        Files.createSymbolicLink(folder.resolve("orchard-data"), orchard.data());
        Path output = folder.resolve("output");
        var bash = new ProcessBuilder("bash", "-euc", firstUpload())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output)
                .content()
                .contains("\"deduplicated\":false")
                .contains("\nHello, Orchard\n")
                .contains("\"name\":\"latest\"");
    }

    private String firstUpload() throws Exception {
        var block = Pattern.compile("## First upload.*?```bash\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(HOME.resolve("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1).replace("http://127.0.0.1:8080", orchard.url().toString());
    }
}
