package dev.orchard.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.support.naming.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobKeyTest {
    @Test
    void isWrittenWithItsPrefix() {
        assertThat(BlobKey.of("0198c9f1-0000-7000-8000-0123456789ab"))
                .hasToString("blobs/0198c9f1-0000-7000-8000-0123456789ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0198C9F1-0000-7000-8000-0123456789AB",
                "../0198c9f1-0000-7000-8000-0123456789ab",
                "0198c9f1-0000-7000-8000-0123456789ab\n"
            })
    void hasOneSpellingOnly(String other) {
        assertThatThrownBy(() -> BlobKey.of(other)).isInstanceOf(InvalidValueException.class);
    }
}
