package dev.orchard.storage.content;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * CRC-32C (RFC 3720) of bytes that are known in pieces: Java's own cannot start from a value, so each piece is summed up
 * by itself and the values are put together. A value is a polynomial over GF(2), its highest power in the lowest bit;
 * appending n bytes multiplies what was before by x to the power of 8n, modulo the CRC's polynomial.
 */
public final class Crc32cSum {
    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int ONE = 1 << 31;
    private static final int X_TO_THE_8 = 1 << 23;

    private Crc32cSum() {}

    public static int of(byte[] bytes, int offset, int count) {
        var crc = new CRC32C();
        crc.update(bytes, offset, count);
        return (int) crc.getValue();
    }

    /** As all of Orchard writes it: eight lower-case hex digits. */
    public static String written(int crc) {
        return HexFormat.of().toHexDigits(crc, 8);
    }

    /** The value over what {@code first} covers, followed by the {@code secondLength} bytes that {@code second} covers. */
    public static int concatenated(int first, int second, long secondLength) {
        return times(power(secondLength), first) ^ second;
    }

    /** x to the power of {@code 8 * bytes}. */
    private static int power(long bytes) {
        int result = ONE;
        int square = X_TO_THE_8;
        for (long left = bytes; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = times(result, square);
            }
            square = times(square, square);
        }
        return result;
    }

    private static int times(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
