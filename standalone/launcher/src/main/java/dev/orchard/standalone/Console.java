package dev.orchard.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the person at the terminal reads: one line for each thing that happened. */
final class Console {
    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
    }

    /** The process has come so far, and it took so long. */
    void reached(String process, String state, long sinceNanos) {
        double seconds = Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis() / 1_000.0;
        happened(process, state, String.format(Locale.ROOT, "%.1f s", seconds));
    }

    void happened(String process, String what, String detail) {
        say(String.format(Locale.ROOT, "%-12s %-9s %s", process, what, detail));
    }
}
