package dev.orchard.gateway.resumable;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How an upload is cut into parts: all but the last have exactly {@code partSize} bytes, and an empty upload has one
 * empty part.
 *
 * @param size null where only the end will tell
 */
public record PartPlan(@Nullable Long size, long partSize) {
    public static final int MAX_PARTS = 10_000;

    private static final long MEGABYTE = 1L << 20;

    /** The setting's part size, or the least whole MB with which this size has no more parts than there may be. */
    public static PartPlan of(@Nullable Long size, long partSize) {
        if (size == null || size <= partSize * MAX_PARTS) {
            return new PartPlan(size, partSize);
        }
        long least = Math.ceilDiv(size, (long) MAX_PARTS);
        return new PartPlan(size, Math.ceilDiv(least, MEGABYTE) * MEGABYTE);
    }

    /** How large an upload of this plan can become. */
    public long capacity() {
        return size == null ? partSize * MAX_PARTS : size;
    }

    boolean hasPart(int number) {
        return number >= 1 && number <= lastPart();
    }

    /** How long a part is when it is complete; where the size is not known, how long it can be. */
    public long lengthOf(int number) {
        return size == null ? partSize : Math.min(partSize, size - start(number));
    }

    public long start(int number) {
        return (number - 1) * partSize;
    }

    /** The part that the byte at {@code offset} belongs to. */
    public int partAt(long offset) {
        return Math.toIntExact(offset / partSize) + 1;
    }

    /** Which parts are not there as they must be for the whole to be whole. */
    List<Integer> missing(List<Part> parts) {
        Map<Integer, Part> present = parts.stream().collect(Collectors.toMap(Part::part, Function.identity()));
        int last = size == null
                ? present.keySet().stream().mapToInt(Integer::intValue).max().orElse(1)
                : lastPart();
        return IntStream.rangeClosed(1, last)
                .filter(number -> !isWhole(number, last, present.get(number)))
                .boxed()
                .toList();
    }

    private boolean isWhole(int number, int last, @Nullable Part part) {
        boolean anyLength = size == null && number == last;
        return part != null && (anyLength || part.size() == lengthOf(number));
    }

    private int lastPart() {
        return size == null ? MAX_PARTS : Math.max(1, Math.toIntExact(Math.ceilDiv(size, partSize)));
    }
}
