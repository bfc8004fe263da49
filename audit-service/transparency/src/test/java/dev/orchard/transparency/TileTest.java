package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256})
    void readsWhatItWrites(int width) {
        var path = new TilePath(0, 0, width);
        var tile = new Tile(path, GrowingLog.of(width).leaves);
        assertThat(tile.bytes()).hasSize(32 * width);
        assertThat(Tile.of(path, tile.bytes())).isEqualTo(tile);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 65, 96, 8_192})
    void refusesBytesThatAreNoTwoHashes(int length) {
        assertThatThrownBy(() -> Tile.of(new TilePath(0, 0, 2), new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tile/0/000.p/2 has " + length + " bytes");
    }

    @Test
    void isAHashOnlyWith32Bytes() {
        for (int length : new int[] {0, 31, 33}) {
            assertThatThrownBy(() -> Hash.of(new byte[length])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void givesAwayNoHashThatCanBeChanged() {
        byte[] bytes = new byte[32];
        var hash = Hash.of(bytes);
        bytes[0] = 1;
        hash.bytes()[1] = 1;
        assertThat(hash).isEqualTo(Hash.of(new byte[32])).hasSameHashCodeAs(Hash.of(new byte[32]));
    }
}
