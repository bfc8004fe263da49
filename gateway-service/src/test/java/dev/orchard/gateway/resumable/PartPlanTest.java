package dev.orchard.gateway.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartPlanTest {
    private static final long MB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "0, 8",
        "1, 8",
        "83886080000, 8",
        "83886080001, 9",
        "94371840000, 9",
        "94371840001, 10",
        "5497558138880, 525"
    })
    void growsThePartsInWholeMegabytesWhereThereWouldBeTooMany(long size, long expectedMegabytes) {
        var plan = PartPlan.of(size, 8 * MB);

        assertThat(plan.partSize()).isEqualTo(expectedMegabytes * MB);
        assertThat(Math.ceilDiv(size, plan.partSize())).isLessThanOrEqualTo(PartPlan.MAX_PARTS);
    }

    @Test
    void takesTheSettingWhereTheSizeIsNotKnown() {
        var plan = PartPlan.of(null, 8 * MB);

        assertThat(plan.partSize()).isEqualTo(8 * MB);
        assertThat(plan.hasPart(10_000)).isTrue();
        assertThat(plan.hasPart(10_001)).isFalse();
        assertThat(plan.lengthOf(10_000)).isEqualTo(8 * MB);
    }

    @Test
    void givesTheLastPartWhatIsLeft() {
        var plan = new PartPlan(25L, 10);

        assertThat(Stream.of(1, 2, 3).map(plan::lengthOf)).containsExactly(10L, 10L, 5L);
        assertThat(plan.hasPart(0)).isFalse();
        assertThat(plan.hasPart(3)).isTrue();
        assertThat(plan.hasPart(4)).isFalse();
    }

    @Test
    void givesAnUploadOfNothingOnePartOfNothing() {
        var plan = new PartPlan(0L, 10);

        assertThat(plan.hasPart(1)).isTrue();
        assertThat(plan.hasPart(2)).isFalse();
        assertThat(plan.lengthOf(1)).isZero();
        assertThat(plan.missing(List.of())).containsExactly(1);
        assertThat(plan.missing(List.of(part(1, 0)))).isEmpty();
    }

    @Test
    void findsThePartOfAnOffset() {
        var plan = new PartPlan(25L, 10);

        assertThat(Stream.of(0L, 9L, 10L, 24L).map(plan::partAt)).containsExactly(1, 1, 2, 3);
    }

    @Test
    void missesPartsThatAreNotThereOrNotAsLongAsTheyMustBe() {
        assertThat(new PartPlan(25L, 10).missing(List.of(part(2, 9)))).containsExactly(1, 2, 3);
        assertThat(new PartPlan(25L, 10).missing(List.of(part(3, 4), part(1, 10), part(2, 10))))
                .containsExactly(3);
        assertThat(new PartPlan(25L, 10).missing(List.of(part(1, 10), part(2, 10), part(3, 5))))
                .isEmpty();
    }

    @Test
    void takesTheHighestPartForTheLastWhereTheSizeIsNotKnown() {
        var plan = new PartPlan(null, 10);

        assertThat(plan.missing(List.of())).containsExactly(1);
        assertThat(plan.missing(List.of(part(3, 4)))).containsExactly(1, 2);
        assertThat(plan.missing(List.of(part(1, 10), part(2, 9), part(3, 4)))).containsExactly(2);
        assertThat(plan.missing(List.of(part(1, 10), part(2, 4)))).isEmpty();
    }

    private static Part part(int number, long size) {
        return new Part(number, size, "00000000", "id");
    }
}
