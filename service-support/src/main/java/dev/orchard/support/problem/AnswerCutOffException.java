package dev.orchard.support.problem;

/** Ends a connection whose answer had begun, so that the client sees a cut and never a whole that is wrong. */
final class AnswerCutOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerCutOffException(Throwable cause) {
        super(cause);
    }
}
