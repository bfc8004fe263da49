package dev.orchard.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Content of any length, cheaply made: one random block over and over, each time with its number in it, so that no part
 * can stand for another.
 */
record GeneratedContent(long seed, long size) {
    private static final int BLOCK = 1 << 16;

    InputStream open() {
        return open(0, size);
    }

    InputStream open(long from, long to) {
        return new Blocks(seed, from, to);
    }

    byte[] bytes(long from, long to) {
        try (InputStream bytes = open(from, to)) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return bytes(0, size);
    }

    String sha256() {
        try (InputStream bytes = open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BLOCK];
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Blocks extends InputStream {
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
        private final long end;
        private long position;

        Blocks(long seed, long from, long to) {
            new SplittableRandom(seed).nextBytes(block.array());
            this.position = from;
            this.end = to;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length > 0 && position >= end) {
                return -1;
            }
            int start = (int) (position % BLOCK);
            int count = (int) Math.min(Math.min(length, BLOCK - start), end - position);
            block.putLong(0, position / BLOCK);
            block.get(start, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.clamp(count, 0, end - position);
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - position);
        }
    }
}
