package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The containers of docker-compose.yml, each killed, frozen and cut off in turn while clients work. */
class ComposeIT {
    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofMinutes(4);

    private static ComposedOrchard orchard;
    private static boolean isTried;

    /** What can happen to a container, and what ends it. */
    enum Fault {
        CRASH(ComposedOrchard::crash, (containers, service) -> {}),
        FREEZE(ComposedOrchard::pause, ComposedOrchard::unpause),
        CUT_OFF(ComposedOrchard::disconnect, ComposedOrchard::connect);

        private final BiConsumer<ComposedOrchard, String> begin;
        private final BiConsumer<ComposedOrchard, String> end;

        Fault(BiConsumer<ComposedOrchard, String> begin, BiConsumer<ComposedOrchard, String> end) {
            this.begin = begin;
            this.end = end;
        }
    }

    /** Not before all of them: then they would not be counted as skipped. */
    @BeforeEach
    void start() throws IOException {
        ComposedOrchard.assumePossible();
        if (orchard == null) {
            assertThat(isTried).as("the first start failed").isFalse();
            isTried = true;
            orchard = ComposedOrchard.create();
        }
    }

    @AfterAll
    static void stop() {
        if (orchard != null) {
            orchard.close();
        }
    }

    @Test
    void keepsAndProvesAFirstUpload() throws Exception {
        var client = orchard.client();
        Place place = client.createPlace();
        byte[] content = OrchardClient.unique("content").getBytes(StandardCharsets.UTF_8);
        String artifact = OrchardClient.sha256(content);

        OrchardClient.expect(201, client.upload(place, "?tag=first", content));
        OrchardClient.expect(201, client.putTag(place, "second", artifact));

        assertThat(client.download(place, "second")).isEqualTo(content);
        assertThat(client.refCount(artifact)).isEqualTo(2);
        new Trail(orchard).assertComplete(RECOVERY);
    }

    static Stream<Arguments> faults() {
        String only = System.getProperty("orchard.containers.only", "");
        return ComposedOrchard.SERVICES.stream()
                .filter(service ->
                        only.isEmpty() || Arrays.asList(only.split(",")).contains(service))
                .flatMap(service -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(service, fault)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void losesNothingAndRecoversByItself(String service, Fault fault) throws Exception {
        try (var load = new AcknowledgedLoad(orchard.client())) {
            load.awaitProgress(20, RECOVERY);

            fault.begin.accept(orchard, service);
            try {
                await().pollDelay(HOLD).atMost(HOLD.multipliedBy(2)).until(() -> true);
            } finally {
                fault.end.accept(orchard, service);
            }

            long since = System.nanoTime();
            orchard.awaitHealthy(service, RECOVERY);
            load.awaitProgress(20, RECOVERY);
            System.out.printf(
                    "%s %s: goes on after %d ms%n",
                    service, fault, Duration.ofNanos(System.nanoTime() - since).toMillis());
            load.close();
            load.assertKept();
            var trail = new Trail(orchard);
            trail.assertComplete(RECOVERY);
            trail.assertCountsMatchTags();
            trail.assertChains();
        } catch (AssertionError | ConditionTimeoutException e) {
            System.out.println(orchard.logs());
            throw e;
        }
    }
}
