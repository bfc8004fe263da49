package dev.orchard.storage.blob;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;

/**
 * Tomcat's way to let the system copy a file to a socket: three times as fast as a loop over the bytes, for a tenth of
 * its CPU time. It happens after the controller has returned; a file that is gone or short by then ends the connection.
 */
final class SendFile {
    private static final String ATTRIBUTE = "org.apache.tomcat.sendfile.";

    /** Below this it is not worth the detour. */
    private static final long FEWEST_BYTES = 64 * 1024;

    private SendFile() {}

    static boolean suits(BlobSlice slice, HttpServletRequest request) {
        return slice.length() >= FEWEST_BYTES && Boolean.TRUE.equals(request.getAttribute(ATTRIBUTE + "support"));
    }

    /** Asks for it, before the answer's first byte. */
    static void ask(Path file, BlobSlice slice, HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE + "filename", file.toString());
        request.setAttribute(ATTRIBUTE + "start", slice.offset());
        request.setAttribute(ATTRIBUTE + "end", slice.offset() + slice.length());
    }
}
