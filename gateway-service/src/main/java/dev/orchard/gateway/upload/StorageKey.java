package dev.orchard.gateway.upload;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a blob lies in the store: {@code blobs/UUID}, used for one physical write, ever. */
public record StorageKey(@JsonValue String value) {
    @JsonCreator
    public static StorageKey of(String value) {
        return new StorageKey(value);
    }

    /** The part that is written in the storage service's addresses. */
    public String uuid() {
        return value.substring(value.lastIndexOf('/') + 1);
    }
}
