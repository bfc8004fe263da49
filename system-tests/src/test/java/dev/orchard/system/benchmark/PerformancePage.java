package dev.orchard.system.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code docs/performance.md}, of which the benchmark writes the part between its two marks. */
final class PerformancePage {
    private static final String BEGIN = "<!-- benchmark: begin; written by the benchmark, not by hand -->";
    private static final String END = "<!-- benchmark: end -->";

    private PerformancePage() {}

    static void write(Path page, String text) throws IOException {
        String old = Files.readString(page);
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(page + " lacks the lines " + BEGIN + " and " + END);
        }
        Files.writeString(page, old.substring(0, begin) + BEGIN + "\n" + text + old.substring(end));
    }
}
