package dev.orchard.infrastructure.process;

import java.io.IOException;
import java.util.List;

/** Remembers what a JVM learnt at its last start, so that the next one is faster. */
@FunctionalInterface
public interface StartCache {
    StartCache NONE = (name, options, classPath) -> List.of();

    /** The options that make a JVM use what is there, or else learn it; what was learnt holds for these options and jars only. */
    List<String> options(String name, List<String> options, String classPath) throws IOException;
}
