package dev.orchard.transparency.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The command line, read but not believed. */
record Arguments(Map<String, String> options, Optional<String> log) {
    static final String USAGE = """
            usage: orchard verify --key VKEY_OR_FILE [--since OLD_CHECKPOINT_FILE] [--token-file FILE] FOLDER_OR_URL
                   orchard verify --key VKEY_OR_FILE --proof PROOF_FILE --event EVENT_FILE

            The first checks a whole log: its signature, every entry, every tile, every epoch, and that it goes on from
            an older checkpoint that you kept. The second checks that a log holds an event, by its proof.
            FOLDER holds checkpoint and tile/ as a server serves them; URL is for example
            http://127.0.0.1:8080/api/v1/audit/log, with a token from --token-file or the environment ORCHARD_TOKEN.
            Exit status: 0 it is as it was signed, 1 it was tampered with, 2 it could not be checked.""";

    private static final Set<String> NAMES = Set.of("--key", "--since", "--proof", "--event", "--token-file");

    /** @throws UnverifiableException if they are not as {@link #USAGE} says */
    static Arguments parse(List<String> arguments) {
        var options = new HashMap<String, String>();
        var logs = new ArrayList<String>();
        var left = arguments.iterator();
        while (left.hasNext()) {
            String argument = left.next();
            if (!argument.startsWith("--")) {
                logs.add(argument);
            } else if (!NAMES.contains(argument)) {
                throw wrong("there is no option " + argument);
            } else if (!left.hasNext() || options.put(argument, left.next()) != null) {
                throw wrong(argument + " needs one value");
            }
        }
        return checked(options, logs);
    }

    private static Arguments checked(Map<String, String> options, List<String> logs) {
        boolean isProof = options.containsKey("--proof");
        if (!options.containsKey("--key")) {
            throw wrong("--key is missing");
        }
        if (isProof != options.containsKey("--event")) {
            throw wrong("--proof and --event need each other");
        }
        if (logs.size() > 1 || (logs.isEmpty() && !isProof)) {
            throw wrong("one folder or URL is needed");
        }
        if (logs.isEmpty() && options.containsKey("--since")) {
            throw wrong("--since needs a folder or URL");
        }
        return new Arguments(Map.copyOf(options), logs.stream().findFirst());
    }

    Optional<String> find(String option) {
        return Optional.ofNullable(options.get(option));
    }

    private static UnverifiableException wrong(String message) {
        return new UnverifiableException(message + "\n" + USAGE);
    }
}
