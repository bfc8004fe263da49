package dev.orchard.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class S3PartSizeTest {
    private static final long USUAL = 8 * 1024 * 1024;

    @Test
    void isAsUsualWhereTheLengthIsNotKnown() {
        assertThat(S3PartSize.of(OptionalLong.empty(), USUAL)).isEqualTo((int) USUAL);
    }

    @Test
    void leavesRoomForOneByteMoreThanAShortBodyHas() {
        assertThat(S3PartSize.of(OptionalLong.of(10), USUAL)).isEqualTo(11);
    }

    @Test
    void growsForABodyThatTenThousandUsualPartsCannotHold() {
        long length = 1024L * 1024 * 1024 * 1024;

        int size = S3PartSize.of(OptionalLong.of(length), USUAL);

        assertThat(S3PartSize.limit(size)).isBetween(length, length + 10_000);
    }
}
