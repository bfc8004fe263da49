package dev.orchard.storage.blob;

import java.io.IOException;

/** The store cannot be reached, or fails for now; the same call may succeed later. */
public final class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(Throwable cause) {
        super(cause);
    }
}
