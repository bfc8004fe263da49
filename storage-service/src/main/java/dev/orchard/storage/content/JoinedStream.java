package dev.orchard.storage.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams one after the other as one, each opened when it is its turn and closed before the next. */
public final class JoinedStream extends InputStream {
    private final Iterator<? extends Source> sources;
    private @Nullable InputStream current;

    /** One of the streams, not open yet. */
    public interface Source {
        InputStream open() throws IOException;
    }

    public JoinedStream(List<? extends Source> sources) {
        this.sources = sources.iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (current != null || sources.hasNext()) {
            InputStream stream = current == null ? sources.next().open() : current;
            current = stream;
            int count = stream.read(buffer, offset, length);
            if (count >= 0) {
                return count;
            }
            close();
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
