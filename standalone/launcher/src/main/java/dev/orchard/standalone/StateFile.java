package dev.orchard.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** The port of a process, as the file says that somebody else wrote; empty where nothing runs. */
    OptionalInt findPort(String name) throws IOException {
        try {
            Matcher process = Pattern.compile("\"" + name + "\": \\{\"pid\": \\d+, \"port\": (\\d+)}")
                    .matcher(Files.readString(file));
            return process.find() ? OptionalInt.of(Integer.parseInt(process.group(1))) : OptionalInt.empty();
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        }
    }

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
