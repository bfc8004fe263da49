package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** 200 random operations: the events of each name who did it, in which request, and why. */
class CauseAndActorIT {
    private static final int OPERATIONS = 200;

    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();
    private final long seed = Long.getLong("orchard.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    void isNamedByTheEventsOfEachOfTwoHundredRandomOperations() throws Exception {
        System.out.println("seed " + seed);
        var model = new Model(client, random);
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            String requestId = unique("op");
            expected.put(requestId, model.operate(requestId));
        }
        new Trail(orchard).assertComplete(Duration.ofSeconds(60));

        for (var operation : expected.entrySet()) {
            assertThat(eventsOf(operation.getKey()))
                    .as("seed %d, request %s", seed, operation.getKey())
                    .isEqualTo(sorted(operation.getValue()));
        }
    }

    private List<String> eventsOf(String requestId) throws Exception {
        List<String> found = new ArrayList<>();
        for (var item : expect(200, client.get("/audit/events?limit=1000&request_id=" + requestId))
                .json()
                .path("items")) {
            var event = item.path("event");
            assertThat(event.path("actor").asString()).isEqualTo("admin");
            assertThat(event.path("clientaddress").asString()).isEqualTo("127.0.0.1");
            assertThat(event.has("breakglass")).isFalse();
            String cause = event.path("data").path("cause").asString("");
            found.add((event.path("type").asString().replace("dev.orchard.", "").replace(".v1", "") + " " + cause)
                    .strip());
        }
        return sorted(found);
    }

    private static List<String> sorted(List<String> values) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted;
    }

    static byte[] content(int number, String run) {
        return (run + "-" + number).getBytes(StandardCharsets.UTF_8);
    }
}
