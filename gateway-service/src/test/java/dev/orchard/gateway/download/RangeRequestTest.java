package dev.orchard.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.download.RangeRequest.Parts;
import dev.orchard.gateway.download.RangeRequest.Unsatisfiable;
import dev.orchard.gateway.download.RangeRequest.Whole;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0 | 0-0",
                "bytes=0-9 | 0-9",
                "bytes=2- | 2-9",
                "bytes=-3 | 7-9",
                "bytes=-30 | 0-9",
                "bytes=5-100 | 5-9",
                "bytes=0-1,4-5 | 0-1 4-5",
                "bytes=4-5,0-1 | 4-5 0-1",
                "bytes=0-1, 20-30 | 0-1",
                "bytes=2-4,0-3 | 0-4",
                "bytes=-2,0-0 | 8-9 0-0",
                "bytes=-0 | none",
                "bytes=10- | none",
                "bytes=10-12,-0 | none",
                "bytes=5-2 | all",
                "bytes= | all",
                "bytes=a-b | all",
                "lines=0-1 | all",
                "bytes=0-99999999999999999999 | all",
                "bytes=0-9,0-9 | all",
                "bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,0-0,0-0,0-0,0-0,0-0,0-0,0-0 | all"
            })
    void readsARangeOfTenBytes(String header, String expected) {
        assertThat(said(RangeRequest.of(header, 10))).isEqualTo(expected);
    }

    @Test
    void findsNothingInEmptyContentButItsEnd() {
        assertThat(said(RangeRequest.of("bytes=0-", 0))).isEqualTo("none");
        assertThat(said(RangeRequest.of("bytes=-5", 0))).isEqualTo("all");
        assertThat(said(RangeRequest.of(null, 0))).isEqualTo("all");
    }

    private static String said(RangeRequest request) {
        return switch (request) {
            case Whole whole -> "all";
            case Unsatisfiable nothing -> "none";
            case Parts parts -> parts.ranges().stream().map(ByteRange::toString).collect(Collectors.joining(" "));
        };
    }
}
