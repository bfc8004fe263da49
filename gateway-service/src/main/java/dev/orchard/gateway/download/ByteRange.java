package dev.orchard.gateway.download;

/**
 * Bytes of a representation.
 *
 * @param first the offset of the first one
 * @param last the offset of the last one; before {@code first} in empty content only
 */
record ByteRange(long first, long last) {
    static ByteRange whole(long size) {
        return new ByteRange(0, size - 1);
    }

    long length() {
        return last - first + 1;
    }

    boolean isWhole(long size) {
        return length() == size;
    }

    boolean overlaps(ByteRange other) {
        return first <= other.last && other.first <= last;
    }

    ByteRange and(ByteRange other) {
        return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
    }

    /** As {@code Range} and {@code Content-Range} write it (RFC 9110, section 14). */
    @Override
    public String toString() {
        return first + "-" + last;
    }
}
