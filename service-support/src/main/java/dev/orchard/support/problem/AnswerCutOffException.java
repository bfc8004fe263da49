package dev.orchard.support.problem;

/**
 * Ends a connection whose answer had begun, so that the client sees a cut and never a whole that is wrong. It carries no
 * cause: where Spring finds a broken stream among the causes, it takes the client for gone and keeps the connection.
 */
final class AnswerCutOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerCutOffException() {
        super("the answer is cut off");
    }
}
