package dev.orchard.transparency;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries as C2SP tlog-tiles bundles them: each with its length before it, two bytes, big-endian. */
public final class EntryBundle {
    public static final int LONGEST_ENTRY = 65_535;

    private EntryBundle() {}

    /** @throws IllegalArgumentException if they are not exactly {@code count} entries */
    public static List<byte[]> decode(byte[] bundle, int count) {
        var entries = new ArrayList<byte[]>(count);
        var bytes = ByteBuffer.wrap(bundle);
        while (bytes.remaining() >= 2 && entries.size() < count) {
            var entry = new byte[Math.min(bytes.getShort() & 0xffff, bytes.remaining())];
            bytes.get(entry);
            entries.add(entry);
        }
        if (entries.size() != count || !Arrays.equals(encode(entries), bundle)) {
            throw new IllegalArgumentException("it does not hold exactly " + count + " entries");
        }
        return entries;
    }

    /** @throws IllegalArgumentException if an entry is longer than {@link #LONGEST_ENTRY} bytes */
    public static byte[] encode(List<byte[]> entries) {
        var bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > LONGEST_ENTRY) {
                throw new IllegalArgumentException("an entry has " + entry.length + " bytes");
            }
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }
}
