package dev.orchard.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=5-9, 5, 5",
        "bytes=5-, 5, 95",
        "bytes=5-999999999999999999, 5, 95",
        "bytes=-5, 95, 5",
        "bytes=-500, 0, 100"
    })
    void namesAPartOfABlobOfAHundredBytes(String header, long offset, long length) {
        assertThat(BlobRange.parse(header).of(100)).contains(new BlobSlice(offset, length, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void namesNothingBeyondTheEnd(String header) {
        assertThat(BlobRange.parse(header).of(100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=-",
                "bytes=9-5",
                "bytes=0-1,5-6",
                "lines=1-2",
                "bytes=x-",
                "bytes=9999999999999999999-"
            })
    void isIgnoredWhereItIsNoSingleRangeOfBytes(String header) {
        assertThat(BlobRange.parse(header).of(100)).contains(new BlobSlice(0, 100, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-1"})
    void namesNothingInAnEmptyBlob(String header) {
        assertThat(BlobRange.parse(header).of(0)).isEmpty();
    }
}
