package dev.orchard.storage.content;

import dev.orchard.support.naming.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The bytes of one blob on their way into a store: read once, in order, checked and summed up while they pass. */
public final class BlobContent {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final InputStream body;
    private final OptionalLong declaredLength;
    private final MessageDigest sha256 = digest("SHA-256");
    private final CRC32C crc32c = new CRC32C();
    private final Map<ExtraDigest, MessageDigest> extraDigests = new EnumMap<>(ExtraDigest.class);
    private long length;
    private long summingNanos;

    public BlobContent(InputStream body, OptionalLong declaredLength, Set<ExtraDigest> extraDigests) {
        this.body = body;
        this.declaredLength = declaredLength;
        extraDigests.forEach(extra -> this.extraDigests.put(extra, digest(extra.algorithm())));
    }

    /** How long the body is said to be, in bytes. */
    public OptionalLong declaredLength() {
        return declaredLength;
    }

    /**
     * Reads until {@code buffer} is full or the body is at its end.
     *
     * @return how many bytes were read; fewer than there is room for at the end of the body, and only there
     * @throws BrokenBodyException if the body breaks off, or is shorter or longer than was declared
     */
    public int fill(byte[] buffer) throws BrokenBodyException {
        int count = take(buffer, buffer.length);
        long start = System.nanoTime();
        sha256.update(buffer, 0, count);
        crc32c.update(buffer, 0, count);
        extraDigests.values().forEach(digest -> digest.update(buffer, 0, count));
        summingNanos += System.nanoTime() - start;
        return count;
    }

    /** As {@link #fill}, but for {@code limit} bytes at most, and nothing is summed up: whoever reads so does it alone. */
    public int take(byte[] buffer, int limit) throws BrokenBodyException {
        int count = read(buffer, limit);
        length += count;
        checkLength(count < limit);
        return count;
    }

    /** A buffer for {@link #fill}: no larger than it takes to see the end of a short body in one go. */
    public byte[] newBuffer() {
        return new byte[(int) Math.min(BUFFER_BYTES - 1, declaredLength.orElse(BUFFER_BYTES)) + 1];
    }

    /** Reads to the end, for the sums alone. */
    public void drain() throws BrokenBodyException {
        byte[] buffer = newBuffer();
        while (fill(buffer) == buffer.length) {
            // the sums are all that is wanted
        }
    }

    /** How many bytes have been read so far. */
    public long length() {
        return length;
    }

    /** How long summing up has taken so far, without the reading. */
    public Duration summingTime() {
        return Duration.ofNanos(summingNanos);
    }

    /** The checksums of all that was read. Asked once, at the end. */
    public Checksums checksums() {
        return new Checksums(
                Sha256.of(sha256.digest()),
                HexFormat.of().toHexDigits(crc32c.getValue(), 8),
                extra(ExtraDigest.SHA1),
                extra(ExtraDigest.MD5));
    }

    private int read(byte[] buffer, int limit) throws BrokenBodyException {
        try {
            return body.readNBytes(buffer, 0, limit);
        } catch (IOException e) {
            throw new BrokenBodyException("The body broke off after " + length + " bytes or more.", e);
        }
    }

    private void checkLength(boolean ended) throws BrokenBodyException {
        if (declaredLength.isPresent()) {
            long declared = declaredLength.getAsLong();
            if (length > declared || (ended && length < declared)) {
                throw new BrokenBodyException("The body was declared to be %d bytes long, and is %s."
                        .formatted(declared, ended ? length : "longer"));
            }
        }
    }

    private @Nullable String extra(ExtraDigest which) {
        MessageDigest digest = extraDigests.get(which);
        return digest == null ? null : HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
