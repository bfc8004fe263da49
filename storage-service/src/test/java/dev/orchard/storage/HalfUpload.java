package dev.orchard.storage;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An upload that announces more than it sends. */
final class HalfUpload implements Closeable {
    private final Socket socket;

    private HalfUpload(Socket socket) {
        this.socket = socket;
    }

    /** Sends {@code sent} bytes of a body that says that it is twice as long. */
    static HalfUpload ofKnownLength(int port, String key, int sent) throws IOException {
        return begin(port, key, "Content-Length: " + 2 * sent, "", sent);
    }

    /** Sends {@code sent} bytes of a chunk that says that it is twice as long. */
    static HalfUpload inChunks(int port, String key, int sent) throws IOException {
        return begin(port, key, "Transfer-Encoding: chunked", Integer.toHexString(2 * sent) + "\r\n", sent);
    }

    /** Says that nothing more comes, and returns the status of the answer. */
    String end() throws IOException {
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .lines()
                .findFirst()
                .orElse("");
    }

    /** Is gone without a word: the connection is reset. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static HalfUpload begin(int port, String key, String framing, String start, int sent) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var head = """
                PUT /blobs/%s HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                %s

                """.formatted(key, StorageProcess.TOKEN, framing).replace("\n", "\r\n");
        var out = socket.getOutputStream();
        out.write((head + start).getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[sent]);
        out.flush();
        return new HalfUpload(socket);
    }
}
