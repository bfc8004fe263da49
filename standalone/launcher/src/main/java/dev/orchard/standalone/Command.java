package dev.orchard.standalone;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the command line asks for. */
sealed interface Command {
    int DEFAULT_PORT = 8080;
    String DEFAULT_DATA = "orchard-data";

    /**
     * Start the whole over this directory, the gateway on this port.
     *
     * @param optimize whether the services are for work rather than for trying them out
     */
    record Up(Path data, int port, boolean optimize) implements Command {}

    /** Copy the running Orchard of a data directory to a folder. */
    record Backup(Path data, Path to) implements Command {}

    /** Make a new data directory of a backup. */
    record Restore(Path from, Path data) implements Command {}

    /** Say which version this is. */
    record Version() implements Command {}

    /** Say what can be asked for. */
    record Help() implements Command {}

    static Command of(String... arguments) throws StartException {
        Iterator<String> words = Arrays.asList(arguments).iterator();
        String first = words.hasNext() ? words.next() : "help";
        return switch (first) {
            case "up" -> up(words);
            case "backup" -> {
                Map<String, String> given = options(words, Map.of("--data", DEFAULT_DATA), "--to");
                yield new Backup(path(given, "--data"), path(given, "--to"));
            }
            case "restore" -> {
                Map<String, String> given = options(words, Map.of(), "--from", "--data");
                yield new Restore(path(given, "--from"), path(given, "--data"));
            }
            case "version" -> new Version();
            case "help" -> new Help();
            default -> throw new StartException("unknown command '" + first + "', see help");
        };
    }

    private static Up up(Iterator<String> words) throws StartException {
        String data = DEFAULT_DATA;
        int port = DEFAULT_PORT;
        boolean optimize = false;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--data" -> data = value(word, words);
                case "--port" -> port = port(value(word, words));
                case "--optimize" -> optimize = true;
                default -> throw new StartException("unknown option '" + word + "', see help");
            }
        }
        return new Up(absolute(data), port, optimize);
    }

    /** All that are given, over those that need not be. */
    private static Map<String, String> options(Iterator<String> words, Map<String, String> defaults, String... required)
            throws StartException {
        Map<String, String> given = new HashMap<>(defaults);
        while (words.hasNext()) {
            String word = words.next();
            if (!defaults.containsKey(word) && !List.of(required).contains(word)) {
                throw new StartException("unknown option '" + word + "', see help");
            }
            given.put(word, value(word, words));
        }
        for (String name : required) {
            if (!given.containsKey(name)) {
                throw new StartException(name + " is missing, see help");
            }
        }
        return given;
    }

    private static Path path(Map<String, String> given, String name) {
        return absolute(Objects.requireNonNull(given.get(name)));
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    private static String value(String option, Iterator<String> words) throws StartException {
        if (!words.hasNext()) {
            throw new StartException(option + " needs a value");
        }
        return words.next();
    }

    private static int port(String value) throws StartException {
        try {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new StartException("--port needs a number from 1 to 65535, not '" + value + "'");
    }
}
