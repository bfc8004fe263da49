package dev.orchard.gateway.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The client's bytes, counted and limited; remembers whether it was the client that broke off, or sent too much. */
public final class SourceStream extends FilterInputStream {
    private long count;
    private final long limit;
    private boolean broken;

    public SourceStream(InputStream in) {
        this(in, Long.MAX_VALUE);
    }

    /** @param limit the byte after so many breaks it */
    public SourceStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    public long count() {
        return count;
    }

    public boolean isBroken() {
        return broken;
    }

    public boolean isTooLong() {
        return count > limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = in.read(buffer, offset, length);
            count += Math.max(read, 0);
            if (isTooLong()) {
                throw new IOException("more comes than may come");
            }
            return read;
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
