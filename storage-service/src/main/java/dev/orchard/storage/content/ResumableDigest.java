package dev.orchard.storage.content;

import dev.orchard.support.naming.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * SHA-256 and CRC-32C over bytes that come in pieces, to different processes too: what there is can be taken along as a
 * {@link DigestState} and gone on with elsewhere. Java's own digest cannot; this one takes seven times as long.
 */
public final class ResumableDigest {
    private static final byte VERSION = 1;
    private static final int BLOCK_BYTES = 64;

    /** The version, the length, the CRC, and after the SHA-256 the CRC of all of these. */
    private static final int HEAD_BYTES = 1 + Long.BYTES + Integer.BYTES;

    private static final int SEAL_BYTES = Integer.BYTES;

    /** The last byte of any state that it writes. */
    private static final byte PURPOSE = new SHA256Digest().getEncodedState()[52];

    private final SHA256Digest sha256;
    private int crc32c;
    private long length;

    /** Over nothing yet. */
    public ResumableDigest() {
        this(new SHA256Digest(), 0, 0);
    }

    private ResumableDigest(SHA256Digest sha256, int crc32c, long length) {
        this.sha256 = sha256;
        this.crc32c = crc32c;
        this.length = length;
    }

    /** Goes on where the state was made; empty if it is none that this class has made. */
    public static Optional<ResumableDigest> resume(DigestState state) {
        byte[] encoded = state.encoded();
        int shaBytes = encoded.length - HEAD_BYTES - SEAL_BYTES;
        if (shaBytes < 0) {
            return Optional.empty();
        }
        var fields = ByteBuffer.wrap(encoded);
        byte version = fields.get();
        long length = fields.getLong();
        int crc32c = fields.getInt();
        byte[] sha256 = new byte[shaBytes];
        fields.get(sha256);
        boolean whole = fields.getInt() == Crc32cSum.of(encoded, 0, HEAD_BYTES + shaBytes);
        return whole && version == VERSION && covers(length, sha256)
                ? Optional.of(new ResumableDigest(new SHA256Digest(sha256), crc32c, length))
                : Optional.empty();
    }

    public void update(byte[] bytes, int offset, int count) {
        sha256.update(bytes, offset, count);
        crc32c = Crc32cSum.concatenated(crc32c, Crc32cSum.of(bytes, offset, count), count);
        length += count;
    }

    /** How many bytes it covers. */
    public long length() {
        return length;
    }

    /** CRC-32C over them, as eight lower-case hex digits. */
    public String crc32c() {
        return Crc32cSum.written(crc32c);
    }

    /** What {@link #resume} goes on from. */
    public DigestState state() {
        byte[] sha = sha256.getEncodedState();
        var fields = ByteBuffer.allocate(HEAD_BYTES + sha.length + SEAL_BYTES)
                .put(VERSION)
                .putLong(length)
                .putInt(crc32c)
                .put(sha);
        int seal = Crc32cSum.of(fields.array(), 0, fields.position());
        return new DigestState(fields.putInt(seal).array());
    }

    /** The checksums of all bytes so far, without any that are computed only for those who ask. */
    public Checksums checksums() {
        byte[] digest = new byte[sha256.getDigestSize()];
        new SHA256Digest(sha256).doFinal(digest, 0);
        return new Checksums(Sha256.of(digest), crc32c(), null, null);
    }

    /**
     * Whether these are the fields that Bouncy Castle writes for so many bytes, which its constructor does not ask: four
     * bytes of an unfinished word and how many count, the length, eight words of the digest, how many words of the
     * unfinished block there are, these words, and one byte on the purpose.
     */
    private static boolean covers(long length, byte[] sha256) {
        if (length < 0 || sha256.length < 53) {
            return false;
        }
        var fields = ByteBuffer.wrap(sha256);
        int words = fields.getInt(48);
        int inBlock = (int) (length % BLOCK_BYTES);
        return fields.getInt(4) == inBlock % Integer.BYTES
                && fields.getLong(8) == length
                && words == inBlock / Integer.BYTES
                && sha256.length == 52 + words * Integer.BYTES + 1
                && sha256[sha256.length - 1] == PURPOSE;
    }
}
