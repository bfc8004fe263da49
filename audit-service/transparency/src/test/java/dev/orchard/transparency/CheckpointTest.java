package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    /** The specification's own example. */
    private static final String EXAMPLE =
            "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    @Test
    void readsTheSpecificationsExample() {
        var checkpoint = Checkpoint.parse(EXAMPLE);
        byte[] root = Base64.getDecoder().decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
        assertThat(checkpoint).isEqualTo(new Checkpoint("example.com/behind-the-sofa", 20_852_163, Hash.of(root)));
        assertThat(checkpoint.text()).isEqualTo(EXAMPLE);
    }

    @Test
    void readsTheEmptyLogAndTheLargest() {
        for (long size : new long[] {0, 1, Long.MAX_VALUE}) {
            var checkpoint = new Checkpoint("a log", size, Hash.EMPTY);
            assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n\n",
                "o\n1\n",
                "o\n1\nROOT",
                "o\n1\nROOT\n\n",
                "o\n1\nROOT\nextension\n",
                "o\n1\n\nROOT\n",
                "\n1\nROOT\n",
                "o\n\nROOT\n",
                "o\n-1\nROOT\n",
                "o\n-0\nROOT\n",
                "o\n+1\nROOT\n",
                "o\n01\nROOT\n",
                "o\n00\nROOT\n",
                "o\n 1\nROOT\n",
                "o\n1 \nROOT\n",
                "o\n1.0\nROOT\n",
                "o\n0x1\nROOT\n",
                "o\n1e3\nROOT\n",
                "o\n\u0661\nROOT\n",
                "o\n9223372036854775808\nROOT\n",
                "o\r\n1\r\nROOT\r\n",
                "o\n1\n\n",
                "o\n1\n ROOT\n",
                "o\n1\nROOT \n",
                "o\n1\nROOT=\n",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
                "o\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFVV\n",
            })
    void refusesEveryOtherSpelling(String text) {
        String root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assertThat(Checkpoint.parse("o\n1\n" + root + "\n").size()).isEqualTo(1);
        assertThatThrownBy(() -> Checkpoint.parse(text.replace("ROOT", root)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines"})
    void isNotMadeWithAnOriginThatIsNoLine(String origin) {
        assertThatThrownBy(() -> new Checkpoint(origin, 1, Hash.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotMadeWithANegativeSize() {
        assertThatThrownBy(() -> new Checkpoint("a log", -1, Hash.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }
}
