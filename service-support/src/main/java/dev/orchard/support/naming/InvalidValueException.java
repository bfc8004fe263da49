package dev.orchard.support.naming;

/** A value that breaks the rules of its type; the message tells a client which rule. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field what the value was meant for, as the REST contract spells it ({@code project}, {@code sha256})
     * @param message the broken rule, in words for a client
     */
    public InvalidValueException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
