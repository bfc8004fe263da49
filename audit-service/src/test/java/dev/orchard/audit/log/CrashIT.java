package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.transparency.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.ResourceAccessException;

/** What a signing leaves behind that was stopped after any of its steps. */
class CrashIT {
    private static LogStage stage;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() throws IOException {
        stage = new LogStage();
        service = stage.start();
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnAfterAnyWriteThatWasTheLast(boolean answerLost) throws IOException {
        int failures = 0;
        for (boolean failed = true; failed; failures++) {
            stage.append(253); // with the three below a whole bundle, so that each round has as many writes
            stage.front().failAfterWrites(failures, answerLost);
            failed = fails();
            stage.front().work();

            stage.append(3);
            LogStage.signAll(signing());
            stage.requireLogOfLedger(service);
        }
        requireOneLog();
        assertThat(failures).isGreaterThan(4); // bundles, tiles of two levels, and the checkpoint
    }

    @Test
    void adoptsItsOwnCheckpointThatHasNoRow() throws IOException {
        stage.append(40);
        LogStage.signAll(signing());
        var before = status();
        stage.tamper("DELETE FROM audit.checkpoint WHERE n = " + before.checkpoint());
        stage.append(2);
        try (var restarted = stage.start()) {
            LogStage.signAll(restarted.getBean(SigningService.class));

            stage.requireLogOfLedger(restarted);
            var after = restarted.getBean(LogStatusService.class).status();
            assertThat(after.checkpoint()).isEqualTo(before.checkpoint() + 1);
            assertThat(after.size()).isEqualTo(before.size() + 2);
        }
    }

    @Test
    void noticesAChangedTileWhenItLoadsTheTree() throws IOException {
        stage.append(7);
        LogStage.signAll(signing());
        Path tile = stage.log().resolve(partialTile());
        byte[] good = Files.readAllBytes(tile);
        byte[] bad = good.clone();
        bad[bad.length - 1] ^= 1;
        Files.write(tile, bad);
        stage.append(1);
        try (var restarted = stage.start()) {
            assertThat(LogStage.sign(restarted.getBean(SigningService.class)))
                    .isInstanceOfSatisfying(
                            SigningOutcome.Refused.class,
                            refused -> assertThat(refused.reason()).contains("a tile at its right edge was changed"));
            Files.write(tile, good);
            LogStage.signAll(restarted.getBean(SigningService.class));

            assertThat(restarted.getBean(LogStatusService.class).status().refused())
                    .isNull();
        }
        stage.requireLogOfLedger(service);
    }

    @Test
    void refusesToGoOnWithoutItsLatestCheckpoint() throws IOException {
        stage.append(7);
        LogStage.signAll(signing());
        Path checkpoint = stage.log().resolve("checkpoint/" + status().checkpoint());
        Path away = Files.move(checkpoint, stage.log().resolveSibling("away"));
        stage.append(1);
        try (var restarted = stage.start()) {
            assertThat(LogStage.sign(restarted.getBean(SigningService.class)))
                    .isInstanceOfSatisfying(
                            SigningOutcome.Refused.class,
                            refused -> assertThat(refused.reason()).contains("the store has lost checkpoint"));
        } finally {
            Files.move(away, checkpoint);
        }
    }

    /** A tree that is whole on level 0 has its partial tile above. */
    private static String partialTile() {
        long size = status().size();
        return "tile/0/%03d.p/%d".formatted(size / 256, size % 256);
    }

    private static boolean fails() {
        try {
            LogStage.sign(signing());
            return false;
        } catch (ResourceAccessException e) {
            return true;
        }
    }

    /** Each checkpoint was signed once, and all are of one tree. */
    private static void requireOneLog() throws IOException {
        var folder =
                new LogFolder(stage.log(), service.getBean(SigningKey.class).verifier());
        long size = 0;
        for (long n = 1; n <= folder.checkpoints(); n++) {
            var checkpoint = folder.checkpoint(n);
            assertThat(checkpoint.size()).isGreaterThan(size);
            size = checkpoint.size();
            assertThat(folder.entries(checkpoint)).hasSize((int) size);
        }
        assertThat(status().checkpoint()).isEqualTo(folder.checkpoints());
    }

    private static SigningService signing() {
        return service.getBean(SigningService.class);
    }

    private static LogStatus status() {
        return service.getBean(LogStatusService.class).status();
    }
}
