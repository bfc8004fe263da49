package dev.orchard.gateway.upload;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.UUID;

/** Where a blob lies in the store: {@code blobs/UUID}, used for one physical write, ever. */
public record StorageKey(@JsonValue String value) {
    private static final long VERSION_7 = 0x7000;
    private static final long RANDOM_A = 0xfff;

    @JsonCreator
    public static StorageKey of(String value) {
        return new StorageKey(value);
    }

    /** A new key that says when it was made: its UUID is of version 7 (RFC 9562). */
    static StorageKey fresh(Instant made) {
        var random = UUID.randomUUID();
        long high = (made.toEpochMilli() << 16) | VERSION_7 | (random.getMostSignificantBits() & RANDOM_A);
        return new StorageKey("blobs/" + new UUID(high, random.getLeastSignificantBits()));
    }

    /** The part that is written in the storage service's addresses. */
    public String uuid() {
        return value.substring(value.lastIndexOf('/') + 1);
    }
}
