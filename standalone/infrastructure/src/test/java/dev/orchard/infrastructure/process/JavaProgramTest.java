package dev.orchard.infrastructure.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.infrastructure.process.JavaProgram.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProgramTest {
    private static final String FIRST_ONLY = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path home;

    private final List<List<String>> asked = new ArrayList<>();
    private JavaProgram program;

    @BeforeEach
    void buildAModule() throws IOException {
        Path target = Files.createDirectories(home.resolve("greeter/target"));
        Files.createFile(target.resolve("orchard-greeter-" + OrchardHome.version() + ".jar"));
        Files.writeString(target.resolve("classpath"), "other.jar");
        StartCache cache = (name, options, classPath) -> {
            asked.add(options);
            return List.of();
        };
        program = new JavaProgram(new OrchardHome(home), cache, Compiler.FIRST);
    }

    @Test
    void letsTheFirstCompilerAloneWorkUnlessToldOtherwise() throws IOException {
        assertThat(command(program)).contains(FIRST_ONLY);
    }

    @Test
    void letsBothCompilersWorkWhenItIsTold() throws IOException {
        assertThat(command(program.with(Compiler.BOTH))).doesNotContain(FIRST_ONLY);
    }

    @Test
    void learnsOnceForBothCompilers() throws IOException {
        command(program);
        command(program.with(Compiler.BOTH));
        assertThat(asked).hasSize(2).first().isEqualTo(asked.getLast());
    }

    private List<String> command(JavaProgram java) throws IOException {
        var module = new JavaProgram.Module("greeter", "greeter", "Greeter", 16, List.of());
        return java.of(module, Map.of(), home.resolve("log")).command();
    }
}
