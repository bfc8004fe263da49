package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.infrastructure.postgres.LoginRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that was set back to an earlier time, and the log that it has signed since. */
class RestoreIT {
    private static final String COLUMNS =
            "position, event_id, payload, recorded_at, kafka_partition, kafka_offset, type, time";
    private static final int RESTORES = Integer.getInteger("orchard.restores", 8);

    private static LogStage stage;

    @BeforeAll
    static void start() throws IOException {
        stage = new LogStage();
    }

    @AfterAll
    static void stop() throws IOException {
        stage.close();
    }

    @Test
    void refusesToSignAfterEachRestore() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        signInBits(random);
        backUp();
        for (int restore = 0; restore < RESTORES; restore++) {
            long kept = random.nextLong(lastSize());
            setBackTo(kept);
            int appended = restore % 2 == 0 ? 0 : random.nextInt(1, 2000);
            stage.append(appended);
            requireRefusal("restore to position " + kept + ", then " + appended + " new records, seed " + seed);
            bringBack();
        }
        goOn();
    }

    @Test
    void refusesWhereOnlyTheLedgerWasSetBack() throws IOException {
        try (var service = stage.start()) {
            stage.append(20);
            LogStage.signAll(service.getBean(SigningService.class));
        }
        backUp();
        stage.tamper("DELETE FROM audit.ledger WHERE position > " + (lastSize() - 1));
        requireRefusal("one record is missing");
        bringBack();
        goOn();
    }

    private static void signInBits(Random random) {
        try (var service = stage.start()) {
            for (int i = 0; i < 8; i++) {
                stage.append(random.nextInt(1, 300));
                LogStage.signAll(service.getBean(SigningService.class));
            }
        }
    }

    private static void requireRefusal(String what) throws IOException {
        long checkpoints = checkpoints();
        try (var service = stage.start()) {
            var outcome = LogStage.sign(service.getBean(SigningService.class));

            assertThat(outcome).as(what).isInstanceOf(SigningOutcome.Refused.class);
            var status = service.getBean(LogStatusService.class);
            assertThat(status.isRefused()).isTrue();
            assertThat(status.status().refused())
                    .as(what)
                    .containsAnyOf("this ledger does not hold them", "the database is older than the log");
            assertThat(stage.client(service).text("/actuator/prometheus"))
                    .containsPattern("orchard_log_refused\\{[^}]*} 1");
        }
        assertThat(checkpoints()).as(what).isEqualTo(checkpoints);
    }

    /** The right database again: the log goes on where it was. */
    private static void goOn() throws IOException {
        try (var service = stage.start()) {
            stage.append(5);
            LogStage.signAll(service.getBean(SigningService.class));
            stage.requireLogOfLedger(service);
        }
    }

    private static void backUp() {
        stage.tamper(
                "DROP SCHEMA IF EXISTS backup CASCADE",
                "CREATE SCHEMA backup",
                "CREATE TABLE backup.ledger AS TABLE audit.ledger",
                "CREATE TABLE backup.checkpoint AS TABLE audit.checkpoint");
    }

    private static void setBackTo(long position) {
        stage.tamper(
                "DELETE FROM audit.ledger WHERE position > " + position,
                "DELETE FROM audit.checkpoint WHERE size > " + position);
    }

    private static void bringBack() {
        stage.tamper(
                "DELETE FROM audit.ledger",
                "DELETE FROM audit.checkpoint",
                "INSERT INTO audit.ledger (" + COLUMNS + ") SELECT " + COLUMNS + " FROM backup.ledger",
                "INSERT INTO audit.checkpoint SELECT * FROM backup.checkpoint");
    }

    private static long lastSize() {
        return stage.ledger(LoginRole.AUDIT_APP)
                .sql("SELECT max(size) FROM audit.checkpoint")
                .query(Long.class)
                .single();
    }

    private static long checkpoints() throws IOException {
        try (var files = Files.list(stage.log().resolve("checkpoint"))) {
            return files.count();
        }
    }
}
