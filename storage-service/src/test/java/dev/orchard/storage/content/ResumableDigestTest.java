package dev.orchard.storage.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumableDigestTest {
    private static final long SEED = new Random().nextLong();

    private final Random random = new Random(SEED);

    @Test
    void isWhatJavaComputesHoweverTheBytesAreCut() throws IOException {
        for (int round = 0; round < 300; round++) {
            byte[] bytes = bytes(random.nextInt(5000));
            var digest = new ResumableDigest();
            for (int from = 0, count; from < bytes.length; from += count) {
                count = Math.min(bytes.length - from, random.nextInt(200));
                digest.update(bytes, from, count);
                digest = ResumableDigest.resume(DigestState.of(digest.state().toString()))
                        .orElseThrow();
            }

            assertThat(digest.length()).isEqualTo(bytes.length);
            assertThat(digest.checksums()).as("seed %d", SEED).isEqualTo(sums(bytes));
        }
    }

    @Test
    void goesOnAfterItWasAsked() throws IOException {
        byte[] bytes = bytes(1000);
        var digest = new ResumableDigest();
        digest.update(bytes, 0, 500);
        digest.checksums();
        digest.update(bytes, 500, 500);

        assertThat(digest.checksums()).isEqualTo(sums(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 1000})
    void isNotResumedFromWhatIsNoState(int length) {
        var digest = new ResumableDigest();
        digest.update(bytes(length), 0, length);
        byte[] state = digest.state().encoded();

        for (int at = 0; at < state.length; at++) {
            byte[] damaged = state.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(ResumableDigest.resume(new DigestState(damaged)))
                    .as("byte %d", at)
                    .isEmpty();
        }
        for (int cut = 0; cut < state.length; cut++) {
            assertThat(ResumableDigest.resume(new DigestState(Arrays.copyOf(state, cut))))
                    .isEmpty();
        }
    }

    @Test
    void putsCrcsTogetherOverAnyLength() {
        assertThat(Crc32cSum.written(Crc32cSum.concatenated(
                        Crc32cSum.of("1234".getBytes(StandardCharsets.US_ASCII), 0, 4),
                        Crc32cSum.of("56789".getBytes(StandardCharsets.US_ASCII), 0, 5),
                        5)))
                .isEqualTo("e3069283");
        byte[] longer = bytes(3_000_001);
        assertThat(Crc32cSum.concatenated(Crc32cSum.of(longer, 0, 1), Crc32cSum.of(longer, 1, 3_000_000), 3_000_000))
                .isEqualTo(Crc32cSum.of(longer, 0, longer.length));
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Checksums sums(byte[] bytes) throws IOException {
        var content = new BlobContent(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), Set.of());
        content.drain();
        return content.checksums();
    }
}
