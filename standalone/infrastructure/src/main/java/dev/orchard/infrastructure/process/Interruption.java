package dev.orchard.infrastructure.process;

/** Someone no longer wants to wait for what this thread waits for. */
public final class Interruption extends RuntimeException {
    private Interruption(InterruptedException cause) {
        super("interrupted", cause);
    }

    /** Keeps the thread's mark, for whoever waits next. */
    public static Interruption of(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new Interruption(cause);
    }
}
