package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.audit.AuditStage;
import dev.orchard.infrastructure.postgres.LoginRole;
import dev.orchard.transparency.SigningKey;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** From rows of the ledger to a signed log in the store. */
class SigningIT {
    private LogStage stage;
    private ConfigurableApplicationContext service;
    private SigningService signing;

    @BeforeEach
    void start() throws IOException {
        stage = new LogStage();
        service = stage.start();
        signing = service.getBean(SigningService.class);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        stage.close();
    }

    @Test
    void signsTheTreeThatTheLedgersRecordsGive() throws IOException {
        for (int records : new int[] {1, 254, 1, 1, 700, 66_000}) {
            stage.append(records);
            LogStage.signAll(signing);
            stage.requireLogOfLedger(service);
        }

        assertThat(log().checkpoints()).isEqualTo(7); // the last records are more than one checkpoint takes
    }

    @Test
    void signsNothingTwice() throws IOException {
        stage.append(10);
        LogStage.signAll(signing);

        assertThat(signing.sign(true)).isEqualTo(new SigningOutcome.Current());
        assertThat(log().checkpoints()).isOne();
    }

    @Test
    void goesOnAfterARestart() throws IOException {
        stage.append(300);
        LogStage.signAll(signing);
        service.close();
        service = stage.start();
        stage.append(300);

        LogStage.signAll(service.getBean(SigningService.class));

        stage.requireLogOfLedger(service);
        assertThat(log().checkpoints()).isEqualTo(2);
    }

    @Test
    void signsEpochMarkersAloneOnlyAtTimes() throws IOException {
        stage.append(1);
        LogStage.signAll(signing);
        stage.append("dev.orchard.epoch.closed.v1", 3);

        assertThat(signing.sign(false)).isEqualTo(new SigningOutcome.Current());
        assertThat(signing.sign(true)).isEqualTo(new SigningOutcome.Signed(3, false));
        stage.append("dev.orchard.epoch.closed.v1", 3);
        stage.append(1);
        assertThat(signing.sign(false)).isEqualTo(new SigningOutcome.Signed(4, false));
        stage.append("dev.orchard.epoch.closed.v1", 1);
        try (var impatient = stage.start(Map.of("orchard.audit.log.idle-interval", "1ms"))) {
            var status = impatient.getBean(LogStatusService.class);
            AuditStage.eventually().until(() -> status.status().size() == 9);
        }
    }

    @Test
    void signsByItselfAndSurvivesAStoreThatIsAway() {
        stage.front().failAfterWrites(0, false);
        stage.append(5);
        try (var restless = stage.start(Map.of("orchard.audit.log.interval", "100ms"))) {
            var status = restless.getBean(LogStatusService.class);
            assertThat(status.status().size()).isZero();
            stage.front().work();

            AuditStage.eventually().until(() -> status.status().size() == 5);
            stage.append(7);
            AuditStage.eventually().until(() -> status.status().size() == 12);
            assertThat(status.status().refused()).isNull();
        }
    }

    @Test
    void letsReplicasSignAtOnce() throws Exception {
        try (var other = stage.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var replicas = Stream.of(signing, signing, other.getBean(SigningService.class))
                    .<Callable<SigningOutcome>>map(replica -> () -> replica.sign(true))
                    .toList();
            for (int round = 0; round < 30; round++) {
                stage.append(100);
                for (var outcome : threads.invokeAll(replicas)) {
                    assertThat(outcome.get()).isNotInstanceOf(SigningOutcome.Refused.class);
                }
            }
            LogStage.signAll(signing);
        }

        stage.requireLogOfLedger(service);
    }

    @Test
    void keepsCheckpointsAppendOnly() {
        stage.append(1);
        LogStage.signAll(signing);

        for (String statement : new String[] {"DELETE FROM audit.checkpoint", "UPDATE audit.checkpoint SET size = 9"}) {
            for (var role : new LoginRole[] {LoginRole.AUDIT_APP, LoginRole.SUPERUSER}) {
                assertThatThrownBy(() -> stage.ledger(role).sql(statement).update())
                        .rootCause()
                        .hasMessageMatching("(?s).*(permission denied|is append-only).*");
            }
        }
    }

    private LogFolder log() {
        return new LogFolder(stage.log(), service.getBean(SigningKey.class).verifier());
    }
}
