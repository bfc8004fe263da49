package dev.orchard.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says which processes there are and where, as JSON, for tests and operators; it is there only while they run. */
final class StateFile {
    private final Path file;
    private final Map<String, Running> processes = new TreeMap<>();

    StateFile(Path file) {
        this.file = file;
    }

    /** One process. */
    record Running(long pid, int port) {}

    synchronized void put(String name, Running running) throws IOException {
        processes.put(name, running);
        String lines = processes.entrySet().stream()
                .map(entry -> "    \"%s\": {\"pid\": %d, \"port\": %d}"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().pid(),
                                entry.getValue().port()))
                .collect(Collectors.joining(",\n"));
        PrivateFile.write(file, """
                {
                  "pid": %d,
                  "processes": {
                %s
                  }
                }
                """.formatted(ProcessHandle.current().pid(), lines));
    }

    synchronized void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
