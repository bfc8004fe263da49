package dev.orchard.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The consumers' README shows the programs that the system tests run. */
class ConsumersReadmeTest {
    private static final Path CONSUMERS = Path.of("consumers");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/Follow.java",
                "node/follow.mjs",
                "node/recount.mjs",
                "node/live.mjs",
                "kcat/follow.sh",
                "curl/follow.sh"
            })
    void showsEachProgramAsItIs(String program) throws IOException {
        assertThat(Files.readString(CONSUMERS.resolve("README.md")))
                .contains("\n" + Files.readString(CONSUMERS.resolve(program)) + "```\n");
    }
}
