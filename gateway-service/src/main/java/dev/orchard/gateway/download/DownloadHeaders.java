package dev.orchard.gateway.download;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Begins the answers of a download (RFC 9110, RFC 9530, RFC 8246). Each but the shortest is committed before its first
 * byte: what breaks from there on breaks the connection.
 */
final class DownloadHeaders {
    /** What is read before its answer begins, and goes with its headers. */
    static final int AT_ONCE = 7 * 1024;

    private final HttpServletResponse response;
    private final Content content;
    private final ContentRef ref;
    private boolean atOnce;

    DownloadHeaders(HttpServletResponse response, Content content, ContentRef ref) {
        this.response = response;
        this.content = content;
        this.ref = ref;
    }

    /** Lets the headers wait for the bytes, which are there already. */
    DownloadHeaders atOnce() {
        atOnce = true;
        return this;
    }

    void notModified() {
        response.setStatus(HttpStatus.NOT_MODIFIED.value());
        validators();
    }

    OutputStream whole() throws IOException {
        return begin(HttpStatus.OK, content.contentType(), content.size());
    }

    OutputStream part(ByteRange range) throws IOException {
        response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes " + range + "/" + content.size());
        return begin(HttpStatus.PARTIAL_CONTENT, content.contentType(), range.length());
    }

    OutputStream parts(ByteRanges parts) throws IOException {
        return begin(HttpStatus.PARTIAL_CONTENT, parts.mediaType(), parts.length());
    }

    private OutputStream begin(HttpStatus status, String contentType, long length) throws IOException {
        response.setStatus(status.value());
        validators();
        response.setHeader(HttpHeaders.CONTENT_TYPE, contentType);
        response.setContentLengthLong(length);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, AttachmentName.disposition(content.filename()));
        response.setHeader("Repr-Digest", content.artifactId().asDigestField());
        response.setHeader("X-Checksum-Sha256", content.artifactId().hex());
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!atOnce) {
            response.flushBuffer();
        }
        return response.getOutputStream();
    }

    private void validators() {
        response.setHeader(HttpHeaders.ETAG, content.artifactId().asEntityTag());
        response.setDateHeader(HttpHeaders.LAST_MODIFIED, content.lastModified().toEpochMilli());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                ref.isDigest() ? "private, max-age=31536000, immutable" : "private, no-cache");
    }
}
