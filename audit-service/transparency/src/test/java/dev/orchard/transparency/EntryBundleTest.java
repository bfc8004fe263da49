package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryBundleTest {
    @Test
    void writesTheLengthBeforeEachEntryBigEndian() {
        byte[] bundle = EntryBundle.encode(List.of("ab".getBytes(), new byte[0], new byte[258]));
        assertThat(HexFormat.of().formatHex(bundle, 0, 8)).isEqualTo("0002616200000102");
        assertThat(bundle).hasSize(4 + 2 + 260);
    }

    @Test
    void readsWhatItWrites() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int count = 0; count <= 256; count++) {
            var entries = new ArrayList<byte[]>();
            for (int i = 0; i < count; i++) {
                byte[] entry = new byte[random.nextInt(600)];
                random.nextBytes(entry);
                entries.add(entry);
            }
            assertThat(EntryBundle.decode(EntryBundle.encode(entries), count))
                    .as("seed %s", seed)
                    .containsExactlyElementsOf(entries);
        }
    }

    @Test
    void holdsTheLongestEntryAndNoLongerOne() {
        byte[] longest = new byte[65_535];
        Arrays.fill(longest, (byte) 0xff);
        assertThat(EntryBundle.decode(EntryBundle.encode(List.of(longest, longest)), 2))
                .containsExactly(longest, longest);
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "00, 1",
        "0001, 1",
        "000261, 1",
        "000161, 0",
        "000161, 2",
        "00016100, 1",
        "0001610000, 1",
        "ffff61, 1"
    })
    void refusesABundleThatIsTooShortOrTooLong(String hex, int count) {
        assertThatThrownBy(() -> EntryBundle.decode(HexFormat.of().parseHex(hex), count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exactly " + count);
    }

    /** A changed length shows itself in the bundle; a changed entry in its leaf. */
    @Test
    void showsEveryOneByteChange() {
        var entries = List.of("first".getBytes(), new byte[0], "third".getBytes());
        byte[] bundle = EntryBundle.encode(entries);
        for (int at = 0; at < bundle.length; at++) {
            for (int value = 1; value < 256; value++) {
                byte[] changed = bundle.clone();
                changed[at] ^= (byte) value;
                assertThat(leaves(changed)).isNotEqualTo(leaves(bundle));
            }
        }
    }

    private static List<Hash> leaves(byte[] bundle) {
        try {
            return EntryBundle.decode(bundle, 3).stream().map(Hash::leaf).toList();
        } catch (IllegalArgumentException refused) {
            return List.of();
        }
    }
}
