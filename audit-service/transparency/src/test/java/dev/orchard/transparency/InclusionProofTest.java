package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InclusionProofTest {
    private static final Hash STRANGER = Hash.leaf("never logged".getBytes());

    @Test
    void isTheStandardsPathForEveryLeafOfEverySize() {
        var log = GrowingLog.of(0);
        var naive = new NaiveTree(log.leaves);
        for (int size = 1; size <= 280; size++) {
            log.growTo(size);
            for (int index = 0; index < size; index++) {
                assertIsTheStandards(log, naive, index);
            }
        }
    }

    @Test
    void isTheStandardsPathForSomeLeavesOfEverySize() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var log = GrowingLog.of(280);
        var naive = new NaiveTree(log.leaves);
        for (int size = 281; size <= 600; size++) {
            log.growTo(size);
            for (int index : random.ints(20, 0, size).toArray()) {
                assertThatCode(() -> assertIsTheStandards(log, naive, index))
                        .as("seed %s", seed)
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 131_073})
    void isTheStandardsPathOverTheBordersOfTheTiles(int size) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var log = GrowingLog.of(size);
        var naive = new NaiveTree(log.leaves);
        var indexes = new ArrayList<>(List.of(0, 255, 256, 257, 65_279, 65_280, 65_534, size - 1));
        random.ints(100, 0, size).forEach(indexes::add);
        for (int index : indexes) {
            assertThatCode(() -> assertIsTheStandards(log, naive, index))
                    .as("seed %s", seed)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void leadsFromNoOtherLeafToNoOtherRootAndInNoOtherSize() {
        var log = GrowingLog.of(0);
        for (int size = 1; size <= 70; size++) {
            log.growTo(size);
            Hash root = log.edge.root();
            for (int index = 0; index < size; index++) {
                var proof = InclusionProof.of(log, index, size);
                Hash leaf = log.leaves.get(index);
                assertThat(proof.leads(STRANGER, size, root)).isFalse();
                assertThat(proof.leads(leaf, size, STRANGER)).isFalse();
                assertLeadsInNoOtherSize(proof, leaf, size, root);
                assertLeadsToNoOtherIndex(proof, leaf, size, root);
            }
        }
    }

    @Test
    void leadsByNoOtherPath() {
        var log = GrowingLog.of(70);
        Hash root = log.edge.root();
        for (int index = 0; index < 70; index++) {
            var proof = InclusionProof.of(log, index, 70);
            for (List<Hash> other : OtherPaths.of(proof.path())) {
                assertThat(new InclusionProof(index, other).leads(log.leaves.get(index), 70, root))
                        .isFalse();
            }
        }
    }

    /** Else a larger tree could be passed off under a smaller size. */
    @Test
    void leadsByNoPathThatGoesOnAboveTheTree() {
        var log = GrowingLog.of(70);
        for (int index = 0; index < 70; index++) {
            var longer = new ArrayList<>(InclusionProof.of(log, index, 70).path());
            longer.add(STRANGER);
            var proof = new InclusionProof(index, longer);
            Hash leaf = log.leaves.get(index);
            assertThat(proof.leads(leaf, 70, Hash.node(STRANGER, log.edge.root())))
                    .isFalse();
            assertThat(proof.leads(leaf, 70, Hash.node(log.edge.root(), STRANGER)))
                    .isFalse();
        }
    }

    @Test
    void isNotMadeForAnEntryThatTheLogDoesNotHave() {
        var log = GrowingLog.of(3);
        for (long index : new long[] {-1, 3, 4, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> InclusionProof.of(log, index, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> InclusionProof.of(log, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void assertIsTheStandards(GrowingLog log, NaiveTree naive, int index) {
        int size = log.leaves.size();
        var proof = InclusionProof.of(log, index, size);
        assertThat(proof.path()).as("%s of %s", index, size).isEqualTo(naive.path(index, size));
        assertThat(proof.leads(log.leaves.get(index), size, naive.root(size))).isTrue();
    }

    /** A path says only which way it turns, so some other sizes and places share it: those that turn the same way. */
    private static void assertLeadsInNoOtherSize(InclusionProof proof, Hash leaf, int size, Hash root) {
        for (long other : new long[] {Long.MIN_VALUE, -size, 0, proof.index()}) {
            assertThat(proof.leads(leaf, other, root)).isFalse();
        }
        for (int other = 1; other <= 140; other++) {
            boolean sameTurns = turns(proof.index(), other).equals(turns(proof.index(), size));
            assertThat(proof.leads(leaf, other, root))
                    .as("%s in %s as in %s", proof.index(), size, other)
                    .isEqualTo(sameTurns);
        }
    }

    private static void assertLeadsToNoOtherIndex(InclusionProof proof, Hash leaf, int size, Hash root) {
        for (long index = -size; index < 2L * size; index++) {
            assertThat(new InclusionProof(index, proof.path()).leads(leaf, size, root))
                    .as("%s of %s as %s", proof.index(), size, index)
                    .isEqualTo(index == proof.index());
        }
    }

    /** L or R for each step from the leaf to the root: on which side the sibling is. */
    private static String turns(long index, long size) {
        if (index >= size) {
            return "outside";
        }
        if (size == 1) {
            return "";
        }
        long split = Long.highestOneBit(size - 1);
        return index < split ? turns(index, split) + "R" : turns(index - split, size - split) + "L";
    }
}
