package dev.orchard.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    @ParameterizedTest
    @CsvSource({
        "tile/0/000, 0, 0, 256",
        "tile/0/000.p/1, 0, 0, 1",
        "tile/0/273.p/112, 0, 273, 112",
        "tile/63/999.p/255, 63, 999, 255",
        "tile/1/x001/000, 1, 1000, 256",
        "tile/1/x001/x234/067, 1, 1234067, 256",
        "tile/9/x999/x999/x999/x999/x999/999, 9, 999999999999999999, 256",
        "tile/entries/000.p/7, -1, 0, 7",
        "tile/entries/x001/x234/067, -1, 1234067, 256",
    })
    void readsWhatItWrites(String text, int level, long index, int width) {
        var path = new TilePath(level, index, width);
        assertThat(path).hasToString(text);
        assertThat(TilePath.parse(text)).hasValue(path);
    }

    @Test
    void readsEveryPathThatItWrites() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long index = random.nextLong(1L << random.nextInt(1, 59));
            var path = new TilePath(random.nextInt(-1, 64), index, random.nextInt(1, 257));
            assertThat(TilePath.parse(path.toString())).as("seed %s", seed).hasValue(path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0",
                "tile/0/",
                "/tile/0/000",
                "tile/0/000/",
                "tile/0/000\n",
                " tile/0/000",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/0/x000",
                "tile/0/x000/000",
                "tile/0/x000/001",
                "tile/0/001/000",
                "tile/0/x001/x000",
                "tile/0/X001/000",
                "tile/0/x001//000",
                "tile/0/x1/000",
                "tile/00/000",
                "tile/01/000",
                "tile/64/000",
                "tile/100/000",
                "tile/-1/000",
                "tile/+1/000",
                "tile/8/0/000",
                "tile/Entries/000",
                "tile/data/000",
                "tile/0/000.p",
                "tile/0/000.p/",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000.p/257",
                "tile/0/000.p/999",
                "tile/0/000.p/1000",
                "tile/0/000.p/-1",
                "tile/0/000p/1",
                "tile/0/000/p/1",
                "tile/0/000.p/1.p/1",
                "tile/0/../000",
                "tile/0/%30%30%30",
                "tile/0/x001/x000/x000/x000/x000/x000/000",
                "tile/0/\u0660\u0660\u0660",
                "tile/\u0661/000",
                "checkpoint",
            })
    void refusesEveryOtherSpelling(String text) {
        assertThat(TilePath.parse(text)).isEmpty();
    }

    @Test
    void takesNoOneCharacterChangeForTheSamePath() {
        String text = "tile/12/x001/x234/067.p/112";
        for (int at = 0; at < text.length(); at++) {
            for (char c = 0; c < 256; c++) {
                var changed = new StringBuilder(text);
                changed.setCharAt(at, c);
                var path = TilePath.parse(changed.toString());
                path.ifPresent(other -> assertThat(other).hasToString(changed.toString()));
            }
        }
    }

    /** Formatted in the machine's language, the digits would be those of that language. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "hi-IN-u-nu-deva"})
    void isWrittenInTheSameDigitsEverywhere(String language) {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertThat(new TilePath(12, 1_234_067, 112)).hasToString("tile/12/x001/x234/067.p/112");
            assertThat(TilePath.parse("tile/12/x001/x234/067.p/112")).isPresent();
        } finally {
            Locale.setDefault(before);
        }
    }
}
