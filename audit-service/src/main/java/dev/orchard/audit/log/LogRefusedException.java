package dev.orchard.audit.log;

/** What the store holds and what the ledger holds do not go together, so that nothing may be signed; the message says why. */
final class LogRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    LogRefusedException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
