package dev.orchard.gateway.tus;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A chunk on its way in, cut into pieces. A client that breaks off ends the piece as if it had ended the chunk, so that
 * what came of it is kept.
 */
final class ChunkStream {
    private final InputStream in;
    private final @Nullable ChunkChecksum checksum;
    private int next = -1;
    private boolean ended;
    private boolean broken;

    ChunkStream(InputStream in, @Nullable ChunkChecksum checksum) {
        this.in = in;
        this.checksum = checksum;
    }

    /** Waits for the next byte, or for the end. */
    boolean hasMore() {
        byte[] one = new byte[1];
        if (next < 0 && read(one, 0, 1) == 1) {
            next = one[0] & 0xff;
        }
        return next >= 0;
    }

    /** The bytes that come next, so many at most. */
    InputStream piece(long limit) {
        return new Piece(limit);
    }

    /** Whether the end that came was no end. */
    boolean isBroken() {
        return broken;
    }

    boolean isVerified() {
        return checksum != null;
    }

    /** Whether the whole chunk is what was declared; asked once. */
    boolean isAsDeclared() {
        return checksum == null || checksum.matches();
    }

    private int read(byte[] buffer, int offset, int length) {
        if (ended) {
            return -1;
        }
        try {
            int read = in.read(buffer, offset, length);
            ended = read < 0;
            if (checksum != null && read > 0) {
                checksum.update(buffer, offset, read);
            }
            return read;
        } catch (IOException e) {
            broken = true;
            ended = true;
            return -1;
        }
    }

    private final class Piece extends InputStream {
        private long left;

        Piece(long limit) {
            this.left = limit;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int read = left == 0 ? -1 : readOn(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }

        private int readOn(byte[] buffer, int offset, int length) {
            if (next < 0) {
                return ChunkStream.this.read(buffer, offset, length);
            }
            buffer[offset] = (byte) next;
            next = -1;
            return 1;
        }
    }
}
