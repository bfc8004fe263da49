package dev.orchard.gateway.resumable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that must not be longer than it may: the first byte beyond breaks it. */
final class BoundedSource extends FilterInputStream {
    private long left;
    private boolean exceeded;

    BoundedSource(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    boolean isExceeded() {
        return exceeded;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length > 0 && left == 0) {
            exceeded = in.read() >= 0;
            if (exceeded) {
                throw new IOException("more comes than may come");
            }
            return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }
}
