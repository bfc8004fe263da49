package dev.orchard.gateway.download;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;

/**
 * What a {@code Range} header asks of a representation (RFC 9110, section 14.2). One that cannot be read, asks for more
 * than 16 ranges or for more bytes than there are is ignored; ranges that overlap are answered as one.
 */
sealed interface RangeRequest {
    int MOST = 16;

    /** All of it. */
    record Whole() implements RangeRequest {}

    /** These parts, in this order; never none. */
    record Parts(List<ByteRange> ranges) implements RangeRequest {}

    /** Nothing that there is. */
    record Unsatisfiable() implements RangeRequest {}

    static RangeRequest of(@Nullable String header, long size) {
        var asked = header == null ? List.<HttpRange>of() : parse(header);
        if (asked.isEmpty() || asked.size() > MOST || (size == 0 && isSuffix(header))) {
            return new Whole();
        }
        var ranges = satisfiable(asked, size);
        if (ranges.isEmpty()) {
            return new Unsatisfiable();
        }
        return ranges.size() > 1 && ranges.stream().mapToLong(ByteRange::length).sum() > size
                ? new Whole()
                : new Parts(overlap(ranges) ? merged(ranges) : ranges);
    }

    private static List<HttpRange> parse(String header) {
        try {
            return HttpRange.parseRanges(header);
        } catch (IllegalArgumentException notRanges) {
            return List.of();
        }
    }

    /** The last bytes of nothing are nothing, which no Content-Range can say. */
    private static boolean isSuffix(@Nullable String header) {
        return header != null && header.startsWith("bytes=-") && !header.startsWith("bytes=-0");
    }

    private static List<ByteRange> satisfiable(List<HttpRange> asked, long size) {
        return asked.stream()
                .map(range -> new ByteRange(range.getRangeStart(size), range.getRangeEnd(size)))
                .filter(range -> range.first() < size && range.length() > 0)
                .toList();
    }

    private static boolean overlap(List<ByteRange> ranges) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.subList(i + 1, ranges.size()).stream().anyMatch(ranges.get(i)::overlaps)) {
                return true;
            }
        }
        return false;
    }

    private static List<ByteRange> merged(List<ByteRange> ranges) {
        List<ByteRange> merged = new ArrayList<>();
        ranges.stream().sorted(Comparator.comparingLong(ByteRange::first)).forEach(range -> {
            if (!merged.isEmpty() && merged.getLast().overlaps(range)) {
                merged.add(merged.removeLast().and(range));
            } else {
                merged.add(range);
            }
        });
        return merged;
    }
}
