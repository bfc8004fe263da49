package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.transparency.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key that signs the log, from the first start on. */
class LogKeyIT {
    private static LogStage stage;
    private static String made;

    @BeforeAll
    static void start() throws IOException {
        stage = new LogStage();
        try (var service = stage.start()) {
            made = Files.readString(stage.keyFile());
            stage.append(1);
            LogStage.signAll(service.getBean(SigningService.class));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        stage.close();
    }

    @Test
    void isMadeAtTheFirstStartForItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stage.keyFile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(stage.keyFile().getParent())))
                .isEqualTo("rwx------");
        assertThat(SigningKey.parse(made.strip()).verifier().name()).matches("orchard-[0-9a-f]{8}");
        try (var files = Files.list(stage.keyFile().getParent())) {
            assertThat(files).containsExactly(stage.keyFile());
        }
    }

    @Test
    void staysTheSame() throws IOException {
        try (var service = stage.start()) {
            assertThat(service.getBean(SigningKey.class).text()).isEqualTo(made.strip());
        }
        assertThat(Files.readString(stage.keyFile())).isEqualTo(made);
    }

    @Test
    void isNeverMadeAnewOnceItHasSigned() {
        var missing = stage.keyFile().resolveSibling("missing-" + UUID.randomUUID());

        requireNoStart(Map.of("orchard.audit.log.key-file", missing.toString()), "is missing", "put it back");
        assertThat(missing).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void mustBeItsOwnersAlone(String permissions) throws IOException {
        Path open = Files.writeString(newFile(), made);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(permissions));

        requireNoStart(Map.of("orchard.audit.log.key-file", open.toString()), "chmod 600");
    }

    @Test
    void mustBeAKey() throws IOException {
        Path broken = Files.writeString(newFile(), made.replace("PRIVATE", "PUBLIC"));
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rw-------"));

        requireNoStart(Map.of("orchard.audit.log.key-file", broken.toString()), "is no signing key");
    }

    @Test
    void mustBeReadable() throws IOException {
        Path directory = Files.createDirectory(newFile());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));

        requireNoStart(Map.of("orchard.audit.log.key-file", directory.toString()), "cannot be read");
    }

    @Test
    void mustBelongToTheNamedLog() {
        requireNoStart(
                Map.of("orchard.audit.log.origin", "another.example/log"), "another.example/log", "is the one of");
    }

    @Test
    void signsNothingOverTheCheckpointsOfAnotherKey() throws IOException {
        Path other = Files.writeString(
                newFile(), SigningKey.generate(publicKey -> "orchard-other").text());
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        try (var service = stage.start(Map.of("orchard.audit.log.key-file", other.toString()))) {
            assertThat(LogStage.sign(service.getBean(SigningService.class)))
                    .isInstanceOfSatisfying(
                            SigningOutcome.Refused.class,
                            refused -> assertThat(refused.reason()).contains("is not signed by this log's key"));
        }
    }

    private static Path newFile() {
        return stage.keyFile().getParent().resolveSibling("key-" + UUID.randomUUID());
    }

    private static void requireNoStart(Map<String, String> settings, String... said) {
        assertThatThrownBy(() -> stage.start(settings).close())
                .satisfies(failure -> assertThat(messages(failure)).contains(said));
    }

    private static String messages(Throwable failure) {
        return failure.getCause() == null
                ? failure.getMessage()
                : failure.getMessage() + "\n" + messages(failure.getCause());
    }
}
