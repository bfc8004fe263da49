package dev.orchard.gateway.tus;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/** What {@code Upload-Checksum} declares of one chunk, and what its bytes turn out to be. */
final class ChunkChecksum {
    static final List<String> ALGORITHMS = List.of("sha1", "sha256", "md5", "crc32");

    private final byte[] declared;
    private final Running running;

    private ChunkChecksum(byte[] declared, Running running) {
        this.declared = declared;
        this.running = running;
    }

    /** A checksum over bytes as they come. */
    private interface Running {
        void update(byte[] bytes, int offset, int length);

        byte[] value();
    }

    /** @throws IllegalArgumentException if the algorithm is not known here or the value is not Base64 */
    static ChunkChecksum of(String header) {
        String[] parts = header.strip().split(" +", 2);
        if (parts.length != 2 || !ALGORITHMS.contains(parts[0])) {
            throw new IllegalArgumentException("no algorithm that is known here");
        }
        byte[] declared = Base64.getDecoder().decode(parts[1]);
        return new ChunkChecksum(declared, running(parts[0]));
    }

    void update(byte[] bytes, int offset, int length) {
        running.update(bytes, offset, length);
    }

    /** Asked once, after the last byte. */
    boolean matches() {
        return MessageDigest.isEqual(declared, running.value());
    }

    private static Running running(String algorithm) {
        return switch (algorithm) {
            case "sha1" -> digest("SHA-1");
            case "sha256" -> digest("SHA-256");
            case "md5" -> digest("MD5");
            case "crc32" -> crc32();
            default -> throw new IllegalArgumentException("no algorithm that is known here");
        };
    }

    private static Running digest(String algorithm) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return new Running() {
                @Override
                public void update(byte[] bytes, int offset, int length) {
                    digest.update(bytes, offset, length);
                }

                @Override
                public byte[] value() {
                    return digest.digest();
                }
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Running crc32() {
        var crc = new CRC32();
        return new Running() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                crc.update(bytes, offset, length);
            }

            @Override
            public byte[] value() {
                return ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array();
            }
        };
    }
}
