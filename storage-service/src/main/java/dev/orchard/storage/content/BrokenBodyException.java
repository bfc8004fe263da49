package dev.orchard.storage.content;

import java.io.IOException;

/** A body that could not be read to its end, or is not as long as was declared: its sender's failure, not the store's. */
public final class BrokenBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenBodyException(String how) {
        super(how);
    }

    BrokenBodyException(String how, IOException cause) {
        super(how, cause);
    }
}
