package dev.orchard.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.support.naming.InvalidValueException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkpoint/1",
                "checkpoint/123456789012345678",
                "tile/0/000",
                "tile/63/x001/x000/067",
                "tile/1/005.p/1",
                "tile/entries/x999/999.p/255",
                "tile/entries/999"
            })
    void namesAPieceOfTheLog(String path) {
        assertThat(new LogKey(path)).hasToString("log/" + path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "checkpoint",
                "checkpoint/0",
                "checkpoint/01",
                "checkpoint/1234567890123456789",
                "checkpoint/1\n",
                "tile/0",
                "tile/64/000",
                "tile/00/000",
                "tile/-1/000",
                "tile/0/0",
                "tile/0/0000",
                "tile/0/x000/001",
                "tile/0/001/001",
                "tile/0/x001",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000/",
                "tile/data/000",
                "tile/0/../../../../blobs/00",
                "../blobs/000",
                "tile/0/x001/x001/x001/x001/x001/x001/x001",
                "tile/entries/\u0661\u0661\u0661"
            })
    void hasOneSpellingForEach(String other) {
        assertThatThrownBy(() -> new LogKey(other)).isInstanceOf(InvalidValueException.class);
    }
}
