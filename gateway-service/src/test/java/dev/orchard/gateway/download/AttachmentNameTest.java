package dev.orchard.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b.jar | attachment; filename=\"a b.jar\"",
                "é.jar | attachment; filename=\"_.jar\"; filename*=UTF-8''%C3%A9.jar",
                "a\"b\\c%d | attachment; filename=\"a_b_c_d\"; filename*=UTF-8''a%22b%5Cc%25d",
                ";=,'() | attachment; filename=\";=,'()\"",
                "😀 | attachment; filename=\"_\"; filename*=UTF-8''%F0%9F%98%80"
            })
    void saysANameSoThatEveryReaderUnderstands(String filename, String expected) {
        assertThat(AttachmentName.disposition(filename)).isEqualTo(expected);
    }
}
