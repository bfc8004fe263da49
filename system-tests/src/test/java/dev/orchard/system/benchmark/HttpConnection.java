package dev.orchard.system.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1.1 that costs as little as it can: blocking, kept alive, its buffers outside of the heap. It
 * shares the processor with what it measures, so what it needs would be taken from that.
 */
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;
    private static final int LARGEST_HEAD = 16 * 1024;
    private static final int KEPT = 1024;

    private final int port;
    private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_HEAD);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private @Nullable SocketChannel channel;

    HttpConnection(int port) throws IOException {
        this.port = port;
        open();
    }

    /**
     * An answer: its status and head, how long its body was, and how that began.
     */
    record Answer(int status, String head, long length, String body) {
        Answer expect(int expected) {
            if (status != expected) {
                throw new IllegalStateException("expected " + expected + ", got " + head + "\n\n" + body);
            }
            return this;
        }

        String location() {
            String value = header(head, "location");
            if (value == null) {
                throw new IllegalStateException("no Location in " + head);
            }
            return value;
        }
    }

    /** @param request its line and headers without the empty line, or all of it with a short body */
    Answer send(String request) throws IOException {
        return send(request, null);
    }

    Answer send(String request, @Nullable Payload body) throws IOException {
        var connection = channel == null ? open() : channel;
        out.clear().put(request.getBytes(StandardCharsets.ISO_8859_1));
        if (!request.contains("\r\n\r\n")) {
            out.put("\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.flip();
        if (body == null) {
            write(connection, out);
        } else {
            write(connection, out, body.blockAt(0));
            for (long sent = Payload.BLOCK; sent < body.size(); sent += Payload.BLOCK) {
                write(connection, body.blockAt(sent));
            }
        }
        return receive(connection);
    }

    private static void write(SocketChannel connection, ByteBuffer... parts) throws IOException {
        while (parts[parts.length - 1].hasRemaining()) {
            connection.write(parts);
        }
    }

    private Answer receive(SocketChannel connection) throws IOException {
        String head = head(connection);
        int status = Integer.parseInt(head.substring(9, 12));
        var kept = new StringBuilder();
        String length = header(head, "content-length");
        long received = 0;
        if (length != null) {
            received = discard(connection, Long.parseLong(length), kept);
        } else if (status != 204 && status != 304) {
            received = discardChunks(connection, kept);
        }
        if ("close".equalsIgnoreCase(header(head, "connection"))) {
            close();
        }
        return new Answer(status, head, received, kept.toString());
    }

    private String head(SocketChannel connection) throws IOException {
        int end = endOfHead();
        while (end < 0) {
            fill(connection);
            end = endOfHead();
        }
        byte[] bytes = new byte[end - in.position()];
        in.get(bytes).position(end + 4);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private int endOfHead() {
        for (int i = in.position(); i + 4 <= in.limit(); i++) {
            if (in.get(i) == '\r' && in.get(i + 2) == '\r' && in.get(i + 3) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private long discardChunks(SocketChannel connection, StringBuilder kept) throws IOException {
        long all = 0;
        while (true) {
            long size = Long.parseLong(line(connection), 16);
            all += discard(connection, size, kept);
            line(connection);
            if (size == 0) {
                return all;
            }
        }
    }

    private String line(SocketChannel connection) throws IOException {
        var line = new StringBuilder();
        while (true) {
            if (!in.hasRemaining()) {
                fill(connection);
            }
            char next = (char) in.get();
            if (next == '\n') {
                return line.toString().strip();
            }
            line.append(next);
        }
    }

    private long discard(SocketChannel connection, long length, StringBuilder kept) throws IOException {
        long left = length;
        while (left > 0) {
            if (!in.hasRemaining()) {
                fill(connection);
            }
            int some = (int) Math.min(left, in.remaining());
            for (int i = 0; i < some && kept.length() < KEPT; i++) {
                kept.append((char) in.get(in.position() + i));
            }
            in.position(in.position() + some);
            left -= some;
        }
        return length;
    }

    private void fill(SocketChannel connection) throws IOException {
        in.compact();
        int read = connection.read(in);
        in.flip();
        if (read < 0) {
            throw new EOFException("the answer ends early");
        }
    }

    private static @Nullable String header(String head, String name) {
        String start = "\r\n" + name + ":";
        int at = head.toLowerCase(Locale.ROOT).indexOf(start);
        if (at < 0) {
            return null;
        }
        int end = head.indexOf('\r', at + 2);
        return head.substring(at + start.length(), end < 0 ? head.length() : end)
                .strip();
    }

    private SocketChannel open() throws IOException {
        var opened = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        in.clear().limit(0);
        channel = opened;
        return opened;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
