package dev.orchard.support.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Hands bytes on in pieces that are worth a system call; the JDK's own are a quarter as large. */
public final class Transfer {
    /** What sockets and streams hold of one connection's bytes at once. */
    public static final int SOCKET_BYTES = 32 * 1024;

    private static final int PIECE_BYTES = 64 * 1024;

    private Transfer() {}

    /**
     * Hands all on, and returns how many bytes that was.
     *
     * @param expected how many they will be about, so that a few bytes take no large buffer; negative: not known
     */
    public static long copy(InputStream in, OutputStream out, long expected) throws IOException {
        byte[] piece = new byte[expected < 0 ? PIECE_BYTES : Math.clamp(expected, 1024, PIECE_BYTES)];
        long all = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            out.write(piece, 0, read);
            all += read;
        }
        return all;
    }
}
