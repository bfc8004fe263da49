package dev.orchard.transparency.verify;

import org.jspecify.annotations.Nullable;

/** The log could not be checked: that says nothing about it. */
final class UnverifiableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnverifiableException(String message) {
        this(message, null);
    }

    UnverifiableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
