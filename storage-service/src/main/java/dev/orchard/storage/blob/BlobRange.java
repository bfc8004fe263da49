package dev.orchard.storage.blob;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a blob that a reader asks for, in the words of RFC 9110, section 14.1.2. */
public sealed interface BlobRange {
    /** All of it. */
    record Whole() implements BlobRange {}

    /** From {@code first} to the end. */
    record From(long first) implements BlobRange {}

    /** From {@code first} to {@code last}, both included, or to the end if that comes first. */
    record Between(long first, long last) implements BlobRange {}

    /** The last {@code count} bytes, or all if there are fewer. */
    record Last(long count) implements BlobRange {}

    /** Eighteen digits: more bytes than any store holds, and still a long. */
    Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Reads a {@code Range} header. One that is not a single range of bytes is ignored, as the RFC allows. */
    static BlobRange parse(String header) {
        Matcher range = ONE_RANGE.matcher(header);
        if (!range.matches()) {
            return new Whole();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : new Last(Long.parseLong(last));
        }
        if (last.isEmpty()) {
            return new From(Long.parseLong(first));
        }
        var between = new Between(Long.parseLong(first), Long.parseLong(last));
        return between.first > between.last ? new Whole() : between;
    }

    /** What this asks of a blob of {@code size} bytes; empty if none of it is there. */
    default Optional<BlobSlice> of(long size) {
        return switch (this) {
            case Whole() -> Optional.of(new BlobSlice(0, size, size));
            case From(long first) -> slice(first, size - 1, size);
            case Between(long first, long last) -> slice(first, Math.min(last, size - 1), size);
            case Last(long count) -> slice(Math.max(0, size - count), size - 1, size);
        };
    }

    private static Optional<BlobSlice> slice(long first, long last, long size) {
        return first > last ? Optional.empty() : Optional.of(new BlobSlice(first, last - first + 1, size));
    }
}
