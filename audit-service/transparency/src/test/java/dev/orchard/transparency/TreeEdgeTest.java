package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeEdgeTest {
    private static final int ALL_UP_TO = 600;

    @Test
    void hasTheRootThatTheStandardDefinesAtEverySize() {
        var log = GrowingLog.of(0);
        var naive = new NaiveTree(log.leaves);
        for (int size = 0; size <= ALL_UP_TO; size++) {
            log.growTo(size);
            assertThat(log.edge.size()).isEqualTo(size);
            assertThat(log.edge.root()).as("size %s", size).isEqualTo(naive.root(size));
        }
    }

    @Test
    void isTheSameEdgeAfterARestoreAtEverySize() {
        var log = GrowingLog.of(0);
        for (int size = 0; size <= ALL_UP_TO; size++) {
            log.growTo(size);
            var restored = TreeEdge.restore(size, log);
            assertThat(restored.size()).isEqualTo(size);
            assertThat(restored.root()).as("size %s", size).isEqualTo(log.edge.root());
            assertThat(restored.partialTiles()).isEqualTo(log.edge.partialTiles());
        }
    }

    @Test
    void growsOnAfterARestoreAtEverySize() {
        var whole = GrowingLog.of(ALL_UP_TO);
        for (int size = 0; size <= ALL_UP_TO; size++) {
            var restored = TreeEdge.restore(size, GrowingLog.of(size));
            for (int i = size; i < ALL_UP_TO; i++) {
                restored.append(whole.leaves.get(i))
                        .forEach(tile -> assertThat(tile).isEqualTo(whole.read(tile.path())));
            }
            assertThat(restored.root()).as("restored at %s", size).isEqualTo(whole.edge.root());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 65_791, 65_792, 65_793, 70_000, 131_072, 131_073})
    void crossesTheBordersOfTheTiles(int size) {
        var log = GrowingLog.of(size);
        assertThat(log.edge.root()).isEqualTo(new NaiveTree(log.leaves).root(size));
        var restored = TreeEdge.restore(size, log);
        assertThat(restored.root()).isEqualTo(log.edge.root());
        for (int i = 0; i < 513; i++) {
            var leaf = Hash.leaf(("more " + i).getBytes());
            assertThat(restored.append(leaf)).isEqualTo(log.append(leaf));
            assertThat(restored.root()).isEqualTo(log.edge.root());
        }
    }

    /** The example of tlog-tiles: 273 + 1 tiles of leaves, 1 + 1 above them, 1 on top. */
    @Test
    void makesTheTilesOfTheSpecificationsExample() {
        var paths = GrowingLog.of(70_000).tiles.keySet();
        assertThat(paths).hasSize(277);
        assertThat(paths)
                .contains(
                        new TilePath(0, 273, 112),
                        new TilePath(1, 0, 256),
                        new TilePath(1, 1, 17),
                        new TilePath(2, 0, 1));
        assertThat(paths)
                .containsAll(LongStream.range(0, 273)
                        .mapToObj(index -> new TilePath(0, index, TilePath.FULL))
                        .toList());
    }

    @Test
    void makesOneTileOverAFullOneAndNoEmptyOne() {
        assertThat(GrowingLog.of(256).tiles.keySet())
                .containsExactlyInAnyOrder(new TilePath(0, 0, 256), new TilePath(1, 0, 1));
        assertThat(TreeEdge.empty().partialTiles()).isEmpty();
    }

    @Test
    void holdsInATileTheRootsOfTheFullTilesBelow() {
        var log = GrowingLog.of(1_000);
        var naive = new NaiveTree(log.leaves.subList(256, 512));
        assertThat(log.read(new TilePath(1, 0, 3)).hashes().get(1)).isEqualTo(naive.root(256));
    }
}
