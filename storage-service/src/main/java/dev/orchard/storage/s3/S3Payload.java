package dev.orchard.storage.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * Bytes in memory that go out as the body of one request, as often as it is tried.
 *
 * @param md5 of all checksums the one that every store verifies: what was damaged on its way is refused
 */
record S3Payload(List<ByteBuffer> pieces, long length, String md5) {
    /** The pieces, one after the other; they must stay as they are until the request is answered. */
    static S3Payload of(ByteBuffer... pieces) {
        var md5 = md5Digest();
        long length = 0;
        for (ByteBuffer piece : pieces) {
            length += piece.remaining();
            md5.update(piece.duplicate());
        }
        return new S3Payload(
                List.copyOf(Arrays.asList(pieces)), length, Base64.getEncoder().encodeToString(md5.digest()));
    }

    AsyncRequestBody body() {
        return length == 0
                ? AsyncRequestBody.empty()
                : AsyncRequestBody.fromRemainingByteBuffersUnsafe(pieces.toArray(ByteBuffer[]::new));
    }

    private static MessageDigest md5Digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
