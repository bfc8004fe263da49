package dev.orchard.storage.blob;

import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.ExtraDigest;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The raw bytes of a request, of known or unknown number, and what is said where they break off. */
public final class SentBody {
    private SentBody() {}

    public static BlobContent of(HttpServletRequest request, Collection<String> digests) throws IOException {
        long length = request.getContentLengthLong();
        return new BlobContent(
                request.getInputStream(),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                digests(digests));
    }

    /** The digests of these names. */
    public static Set<ExtraDigest> digests(Collection<String> names) {
        return names.stream().map(ExtraDigest::of).collect(Collectors.toSet());
    }

    /** Reads what is left of the body, and throws it away, but for so many bytes at most; whether that was all. */
    public static boolean endsWithin(long bytes, HttpServletRequest request) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long read = 0;
        for (int count = 0;
                count >= 0 && read <= bytes;
                count = request.getInputStream().read(buffer)) {
            read += count;
        }
        return read <= bytes;
    }

    /** Says how it broke, unless the container was the one to find it cut off and has answered by itself. */
    public static void refuse(String how, HttpServletResponse response) {
        if (!response.isCommitted()) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, how);
        }
    }
}
