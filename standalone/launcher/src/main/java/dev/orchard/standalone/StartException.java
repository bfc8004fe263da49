package dev.orchard.standalone;

/** What keeps Orchard from starting, said in one line to the person who started it. */
final class StartException extends Exception {
    private final String line;

    StartException(String line) {
        super(line);
        this.line = line;
    }

    String line() {
        return line;
    }
}
