package dev.orchard.standalone;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

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

    /** Say which version this is. */
    record Version() implements Command {}

    /** Say what can be asked for. */
    record Help() implements Command {}

    static Command of(String... arguments) throws StartException {
        Iterator<String> words = Arrays.asList(arguments).iterator();
        String first = words.hasNext() ? words.next() : "help";
        return switch (first) {
            case "up" -> up(words);
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
        return new Up(Path.of(data).toAbsolutePath().normalize(), port, optimize);
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
