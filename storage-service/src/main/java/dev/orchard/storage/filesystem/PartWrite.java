package dev.orchard.storage.filesystem;

import dev.orchard.storage.content.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** A part on its way into a file: counted, summed up, and stopped where it is longer than it may be. */
final class PartWrite {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final UnfinishedFile file;
    private final long whole;
    private final byte[] buffer;
    private final CRC32C crc32c = new CRC32C();
    private long size;

    PartWrite(UnfinishedFile file, long whole) {
        this.file = file;
        this.whole = whole;
        this.buffer = new byte[(int) Math.min(BUFFER_BYTES - 1, whole) + 1];
    }

    /** Puts the bytes of an earlier write first. */
    void add(InputStream earlier) throws IOException {
        for (int count = 0; count >= 0 && size <= whole; count = earlier.read(buffer)) {
            add(count);
        }
    }

    /**
     * Reads the body to its end, or one byte further than the part may go.
     *
     * @return whether it fits
     */
    boolean add(BlobContent body) throws IOException {
        int limit;
        int count;
        do {
            limit = (int) Math.min(buffer.length, whole - size + 1);
            if (limit <= 0) {
                return false;
            }
            count = body.take(buffer, limit);
            add(count);
        } while (count == limit);
        return size <= whole;
    }

    long size() {
        return size;
    }

    String crc32c() {
        return HexFormat.of().toHexDigits(crc32c.getValue(), 8);
    }

    private void add(int count) throws IOException {
        size += count;
        if (size <= whole) {
            crc32c.update(buffer, 0, count);
            file.write(buffer, count);
        }
    }
}
