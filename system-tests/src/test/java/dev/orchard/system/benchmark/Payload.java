package dev.orchard.system.benchmark;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Random bytes that one client sends, made before the clock runs. A counter in their last eight bytes makes them content
 * that nobody has sent yet; the digest of all before them is known, so that the whole's costs next to nothing.
 */
final class Payload {
    static final int BLOCK = 1 << 20;
    private static final AtomicLong COUNTER = new AtomicLong();

    private final long size;
    private final ByteBuffer block;
    private final ByteBuffer last;
    private final MessageDigest prefix;
    private long number;

    /** @param size a multiple of 1 MiB, or less than that */
    Payload(long size, long seed) {
        this.size = size;
        var random = new SplittableRandom(seed);
        block = random(size > BLOCK ? BLOCK : 0, random);
        last = random((int) Math.min(size, BLOCK), random);
        prefix = sha256();
        for (long done = 0; done < size - last.capacity(); done += BLOCK) {
            prefix.update(block.duplicate());
        }
        prefix.update(last.duplicate().limit(last.capacity() - Long.BYTES));
        renew();
    }

    /** Other content from now on. */
    void renew() {
        number = COUNTER.incrementAndGet();
        last.putLong(last.capacity() - Long.BYTES, number);
    }

    long size() {
        return size;
    }

    /** This content as what has been stored. */
    Stored stored() {
        try {
            var digest = (MessageDigest) prefix.clone();
            digest.update(last.duplicate().position(last.capacity() - Long.BYTES));
            return new Stored(HexFormat.of().formatHex(digest.digest()), number, size);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What differs from one content to the next, for stores that know things by a name. */
    long number() {
        return number;
    }

    /** The block that is sent at this offset, a multiple of 1 MiB. */
    ByteBuffer blockAt(long offset) {
        return (offset + last.capacity() == size ? last : block).duplicate();
    }

    private static ByteBuffer random(int size, SplittableRandom random) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteBuffer.allocateDirect(size).put(bytes).flip();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
