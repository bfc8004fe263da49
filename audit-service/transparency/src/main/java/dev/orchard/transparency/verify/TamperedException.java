package dev.orchard.transparency.verify;

/** The log is not what was signed; the message names the first record that is wrong. */
final class TamperedException extends Exception {
    private static final long serialVersionUID = 1L;

    TamperedException(String message) {
        super(message);
    }
}
