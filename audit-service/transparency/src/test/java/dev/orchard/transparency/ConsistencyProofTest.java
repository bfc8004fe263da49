package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {
    private static final Hash STRANGER = Hash.leaf("never logged".getBytes());

    @Test
    void isTheStandardsProofBetweenEveryTwoSizes() {
        var log = GrowingLog.of(0);
        var naive = new NaiveTree(log.leaves);
        for (int newer = 1; newer <= 280; newer++) {
            log.growTo(newer);
            for (int older = 1; older <= newer; older++) {
                assertIsTheStandards(log, naive, older, newer);
            }
        }
    }

    @Test
    void isTheStandardsProofToEverySizeFromSome() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var log = GrowingLog.of(280);
        var naive = new NaiveTree(log.leaves);
        for (int newer = 281; newer <= 600; newer++) {
            log.growTo(newer);
            for (int older : random.ints(20, 1, newer).toArray()) {
                assertThatCode(() -> assertIsTheStandards(log, naive, older, log.leaves.size()))
                        .as("seed %s", seed)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void isTheStandardsProofOverTheBordersOfTheTiles() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var log = GrowingLog.of(0);
        var naive = new NaiveTree(log.leaves);
        for (int newer : new int[] {65_535, 65_536, 65_537, 65_792, 131_072, 131_073}) {
            log.growTo(newer);
            var borders = IntStream.of(1, 255, 256, 257, 65_279, 65_280, 65_535, newer - 1, newer);
            for (int older :
                    IntStream.concat(borders, random.ints(100, 1, newer)).toArray()) {
                assertThatCode(() -> assertIsTheStandards(log, naive, older, newer))
                        .as("seed %s", seed)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void leadsFromNoOtherRootAndToNoOtherRoot() {
        var log = GrowingLog.of(0);
        var naive = new NaiveTree(log.leaves);
        for (int newer = 1; newer <= 70; newer++) {
            log.growTo(newer);
            for (int older = 1; older <= newer; older++) {
                var proof = ConsistencyProof.of(log, older, newer);
                assertThat(proof.leads(STRANGER, naive.root(newer))).isFalse();
                assertThat(proof.leads(naive.root(older), STRANGER)).isFalse();
                if (older < newer) {
                    assertThat(proof.leads(naive.root(newer), naive.root(older)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void leadsByNoOtherPath() {
        var log = GrowingLog.of(70);
        var naive = new NaiveTree(log.leaves);
        for (int older = 1; older <= 70; older++) {
            var proof = ConsistencyProof.of(log, older, 70);
            for (List<Hash> other : OtherPaths.of(proof.path())) {
                assertThat(new ConsistencyProof(older, 70, other).leads(naive.root(older), naive.root(70)))
                        .as("%s to 70 by %s", older, other)
                        .isFalse();
            }
        }
    }

    /** Else larger trees could be passed off under smaller sizes. */
    @Test
    void leadsByNoPathThatGoesOnAboveTheTree() {
        var log = GrowingLog.of(70);
        var naive = new NaiveTree(log.leaves);
        for (int older = 1; older < 70; older++) {
            var longer = new ArrayList<>(ConsistencyProof.of(log, older, 70).path());
            longer.add(STRANGER);
            var proof = new ConsistencyProof(older, 70, longer);
            Hash newerAbove = Hash.node(STRANGER, naive.root(70));
            assertThat(proof.leads(Hash.node(STRANGER, naive.root(older)), newerAbove))
                    .isFalse();
            assertThat(proof.leads(naive.root(older), newerAbove)).isFalse();
            assertThat(proof.leads(naive.root(older), Hash.node(naive.root(70), STRANGER)))
                    .isFalse();
        }
    }

    /** A log cannot pass for another one that shares only its first entries. */
    @Test
    void doesNotLeadToAForkOfTheLog() {
        for (int older = 2; older <= 40; older++) {
            var log = GrowingLog.of(older - 1);
            log.append(STRANGER);
            Hash forked = log.edge.root();
            var honest = GrowingLog.of(60);
            var proof = ConsistencyProof.of(honest, older, 60);
            assertThat(proof.leads(forked, honest.edge.root())).isFalse();
        }
    }

    @Test
    void leadsNowhereBetweenSizesThatHaveNoProof() {
        var log = GrowingLog.of(9);
        var naive = new NaiveTree(log.leaves);
        for (int one = 1; one <= 9; one++) {
            for (int two = 1; two < one; two++) {
                var path = naive.proof(two, one);
                assertThat(new ConsistencyProof(one, two, path).leads(naive.root(one), naive.root(two)))
                        .isFalse();
                assertThat(new ConsistencyProof(one, two, path).leads(naive.root(two), naive.root(one)))
                        .isFalse();
            }
            for (long none : new long[] {0, -1, -one, Long.MIN_VALUE}) {
                for (List<Hash> path : List.of(List.<Hash>of(), List.of(naive.root(one)))) {
                    assertThat(new ConsistencyProof(none, one, path).leads(naive.root(one), naive.root(one)))
                            .as("%s to %s", none, one)
                            .isFalse();
                    assertThat(new ConsistencyProof(none, none, path).leads(Hash.EMPTY, Hash.EMPTY))
                            .isFalse();
                }
            }
        }
        assertThat(new ConsistencyProof(3, 2, List.of(log.leaves.get(0), log.leaves.get(1)))
                        .leads(log.leaves.get(0), naive.root(2)))
                .isFalse();
    }

    @Test
    void isNotMadeFromAnEmptyTreeOrBackwards() {
        var log = GrowingLog.of(3);
        for (long older : new long[] {-1, 0, 4}) {
            assertThatThrownBy(() -> ConsistencyProof.of(log, older, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no proof from " + older + " to 3");
        }
    }

    private static void assertIsTheStandards(GrowingLog log, NaiveTree naive, int older, int newer) {
        var proof = ConsistencyProof.of(log, older, newer);
        assertThat(proof.path()).as("%s to %s", older, newer).isEqualTo(naive.proof(older, newer));
        assertThat(proof.leads(naive.root(older), naive.root(newer))).isTrue();
    }
}
