package dev.orchard.infrastructure.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What there is to know for running one process. Secrets belong into its environment, which only its owner can read,
 * and never into its command.
 *
 * @param environment comes on top of the environment of this process
 * @param log where both of its outputs are appended to
 */
public record Program(String name, Kind kind, List<String> command, Map<String, String> environment, Path log) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** How a program takes its leave: the signal that asks it to stop, and the one that it gets when we are gone. */
    public enum Kind {
        /** Stops in order on SIGTERM, and bears to be killed. */
        JVM("TERM", "KILL"),
        /** SIGINT is PostgreSQL's fast shutdown: it waits for no client. */
        POSTGRES("INT", "INT");

        private final String stopSignal;
        private final String orphanSignal;

        Kind(String stopSignal, String orphanSignal) {
            this.stopSignal = stopSignal;
            this.orphanSignal = orphanSignal;
        }

        String stopSignal() {
            return stopSignal;
        }

        String orphanSignal() {
            return orphanSignal;
        }
    }
}
