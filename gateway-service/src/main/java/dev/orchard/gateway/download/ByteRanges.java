package dev.orchard.gateway.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Several ranges in one answer: {@code multipart/byteranges} (RFC 9110, section 14.6), of known length. */
record ByteRanges(List<ByteRange> ranges, String boundary, String contentType, long size) {
    String mediaType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    long length() {
        return ranges.stream()
                        .mapToLong(range -> head(range).length + range.length())
                        .sum()
                + end().length;
    }

    void writeHead(ByteRange range, OutputStream out) throws IOException {
        out.write(head(range));
    }

    void writeEnd(OutputStream out) throws IOException {
        out.write(end());
    }

    private byte[] head(ByteRange range) {
        return bytes("\r\n--" + boundary + "\r\nContent-Type: " + contentType + "\r\nContent-Range: bytes " + range
                + "/" + size + "\r\n\r\n");
    }

    private byte[] end() {
        return bytes("\r\n--" + boundary + "--\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
