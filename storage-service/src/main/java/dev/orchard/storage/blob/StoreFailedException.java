package dev.orchard.storage.blob;

import java.io.IOException;

/** The store failed at something that it was asked to do; its kind says at what, and so whether trying again helps. */
public final class StoreFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What a store can fail at. */
    public enum Kind {
        /** Summing up bytes that are there: trying again does not help. */
        HASH_COMPUTATION,
        /** Telling whether something is there, and how long it is. */
        EXISTENCE_CHECK,
        /** Keeping something. */
        UPLOAD,
        /** Giving something out. */
        DOWNLOAD,
        /** Removing something. */
        DELETION,
        /** Telling all that is there. */
        LISTING
    }

    public StoreFailedException(Kind kind, Throwable cause) {
        super(cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
