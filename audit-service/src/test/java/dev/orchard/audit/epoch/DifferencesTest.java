package dev.orchard.audit.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.support.naming.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final Snapshot ALL_ENDED = new Snapshot(1_000, 1_000);

    @Test
    void findsExactlyWhatEitherSideLacks() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Row> held = new ArrayList<>();
            List<Row> logged = new ArrayList<>();
            List<UUID> missing = new ArrayList<>();
            List<Long> ghosts = new ArrayList<>();
            int size = random.nextInt(40);
            for (int i = 0; i < size; i++) {
                var row = new Row(new UUID(random.nextLong(), random.nextLong()), digest(random), 5, i + 1);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        held.add(row);
                        ghosts.add(row.position());
                    }
                    case 1 -> {
                        logged.add(row);
                        missing.add(row.id());
                    }
                    case 2 -> {
                        held.add(new Row(row.id(), digest(random), 5, row.position()));
                        ghosts.add(row.position());
                        logged.add(row);
                        missing.add(row.id());
                    }
                    default -> {
                        held.add(row);
                        logged.add(row);
                    }
                }
            }
            held.sort(Row.ORDER);
            logged.sort(Row.ORDER);
            var differences = Differences.between(held.iterator(), logged.iterator(), ALL_ENDED);
            assertThat(differences.missing()).containsExactlyInAnyOrderElementsOf(missing);
            assertThat(differences.ghosts()).containsExactlyInAnyOrderElementsOf(ghosts);
        }
    }

    @Test
    void callsNothingAGhostWhoseTransactionMayStillShow() {
        var snapshot = new Snapshot(100, 200);
        var random = new Random(1);
        var held = new ArrayList<Row>();
        for (long txid : List.of(99L, 100L, 199L, 200L)) {
            held.add(new Row(new UUID(0, txid), digest(random), txid, txid));
        }
        var differences = Differences.between(held.iterator(), List.<Row>of().iterator(), snapshot);
        assertThat(differences.ghosts()).containsExactly(99L, 200L);
    }

    @Test
    void stopsWhenItHasFoundEnoughForOnce() {
        var random = new Random(1);
        var logged = new ArrayList<Row>();
        for (int i = 0; i < 3 * Differences.LIMIT; i++) {
            logged.add(new Row(new UUID(0, i), digest(random), 5, 0));
        }
        var differences = Differences.between(List.<Row>of().iterator(), logged.iterator(), ALL_ENDED);
        assertThat(differences.missing()).hasSize(Differences.LIMIT);
        assertThat(differences.isFull()).isTrue();
    }

    private static Sha256 digest(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Sha256.of(bytes);
    }
}
