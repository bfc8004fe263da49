package dev.orchard.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.support.naming.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlobContentTest {
    private static final InputStream THE_CHECK_VALUE =
            new ByteArrayInputStream("123456789".getBytes(StandardCharsets.US_ASCII));

    @Test
    void computesTheChecksumsThatTheStandardsGiveForTheirExample() throws IOException {
        var content = new BlobContent(THE_CHECK_VALUE, OptionalLong.of(9), EnumSet.allOf(ExtraDigest.class));
        content.fill(new byte[64]);

        var sums = content.checksums();

        assertThat(sums.sha256()).hasToString("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
        assertThat(sums.crc32c()).isEqualTo("e3069283");
        assertThat(sums.sha1()).isEqualTo("f7c3bc1d808e04732adf679965ccc34ca7ae3441");
        assertThat(sums.md5()).isEqualTo("25f9e794323b453885f5181f1b624d0b");
    }

    @Test
    void writesACrcWithLeadingZerosInEightDigits() throws IOException {
        var content = content(new byte[0], OptionalLong.empty());
        content.fill(new byte[1]);

        assertThat(content.checksums().crc32c()).isEqualTo("00000000");
    }

    @Test
    void computesWeakDigestsOnlyForThoseWhoAsk() throws IOException {
        var content = content(new byte[10], OptionalLong.empty());
        content.fill(new byte[64]);

        var sums = content.checksums();

        assertThat(sums.sha1()).isNull();
        assertThat(sums.md5()).isNull();
    }

    @Test
    void fillsTheBufferThoughTheBodyComesInDrops() throws IOException {
        var drops = new InputStream() {
            @Override
            public int read() {
                return 7;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = 7;
                return 1;
            }
        };

        assertThat(new BlobContent(drops, OptionalLong.empty(), Set.of()).fill(new byte[1000]))
                .isEqualTo(1000);
    }

    @Test
    void refusesABodyThatIsShorterThanDeclared() {
        assertThatThrownBy(() -> content(new byte[9], OptionalLong.of(10)).fill(new byte[64]))
                .isInstanceOf(BrokenBodyException.class)
                .hasMessage("The body was declared to be 10 bytes long, and is 9.");
    }

    @Test
    void refusesABodyThatIsLongerThanDeclaredAsSoonAsItIs() {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }
        };

        assertThatThrownBy(() -> new BlobContent(endless, OptionalLong.of(10), Set.of()).fill(new byte[64]))
                .isInstanceOf(BrokenBodyException.class)
                .hasMessage("The body was declared to be 10 bytes long, and is longer.");
    }

    @Test
    void knowsNoDigestsButTheTwo() {
        assertThatThrownBy(() -> ExtraDigest.of("sha512")).isInstanceOf(InvalidValueException.class);
    }

    private static BlobContent content(byte[] bytes, OptionalLong declared) {
        return new BlobContent(new ByteArrayInputStream(bytes), declared, Set.of());
    }
}
