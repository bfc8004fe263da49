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
    static HalfUpload ofKnownLength(int port, String path, int sent) throws IOException {
        return begin(port, path, "Content-Length: " + 2 * sent, "", sent);
    }

    /** Sends {@code sent} bytes of a chunk that says that it is twice as long. */
    static HalfUpload inChunks(int port, String path, int sent) throws IOException {
        return begin(port, path, "Transfer-Encoding: chunked", Integer.toHexString(2 * sent) + "\r\n", sent);
    }

    /** Sends what was announced and not sent, of a body of known length. */
    void sendTheRest(int left) throws IOException {
        socket.getOutputStream().write(new byte[left]);
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

    private static HalfUpload begin(int port, String path, String framing, String start, int sent) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var head = """
                PUT %s HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                %s

                """.formatted(path, StorageProcess.TOKEN, framing).replace("\n", "\r\n");
        var out = socket.getOutputStream();
        out.write((head + start).getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[sent]);
        out.flush();
        return new HalfUpload(socket);
    }
}
