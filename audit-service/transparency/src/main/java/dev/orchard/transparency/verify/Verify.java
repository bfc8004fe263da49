package dev.orchard.transparency.verify;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.EntryBundle;
import dev.orchard.transparency.LogProof;
import dev.orchard.transparency.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command {@code orchard verify}. */
public final class Verify {
    private static final int OK = 0;
    private static final int TAMPERED = 1;
    private static final int UNVERIFIABLE = 2;
    private static final int LONGEST_TEXT = 1 << 20;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Verify(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Java's own status for an error that nobody foresaw is 1, which says "tampered" here. */
    public static void main(String[] arguments) {
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(UNVERIFIABLE);
        });
        System.exit(new Verify(System.getenv(), System.out, System.err).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            if (arguments.equals(List.of("--help"))) {
                out.println(Arguments.USAGE);
                return OK;
            }
            check(Arguments.parse(arguments));
            return OK;
        } catch (TamperedException e) {
            err.println("TAMPERED: " + e.getMessage());
            return TAMPERED;
        } catch (UnverifiableException e) {
            err.println("could not check: " + e.getMessage());
            return UNVERIFIABLE;
        }
    }

    private void check(Arguments arguments) throws TamperedException {
        var key = key(arguments.find("--key").orElseThrow());
        if (arguments.find("--proof").isPresent()) {
            checkProof(arguments, key);
        }
        if (arguments.log().isPresent()) {
            var older = arguments.find("--since").map(file -> older(file, key));
            var files = files(arguments.log().get(), arguments);
            out.print(new Verifier(files, Bundle::new, key, older).verify().text());
        }
    }

    private void checkProof(Arguments arguments, VerifierKey key) throws TamperedException {
        String proof = text(arguments.find("--proof").orElseThrow());
        byte[] event = read(arguments.find("--event").orElseThrow(), EntryBundle.LONGEST_ENTRY + 1);
        try {
            var parsed = LogProof.parse(proof);
            var signed = parsed.verify(event, key);
            out.printf(
                    "ok: %s holds this event as entry %d of %d%n",
                    signed.origin(), parsed.inclusion().index(), signed.size());
        } catch (IllegalArgumentException e) {
            throw new TamperedException("the proof does not hold: " + e.getMessage());
        }
    }

    private static VerifierKey key(String keyOrFile) {
        try {
            return VerifierKey.parse(keyOrFile);
        } catch (IllegalArgumentException e) {
            return keyOf(keyOrFile);
        }
    }

    private static VerifierKey keyOf(String file) {
        try {
            return VerifierKey.parse(text(file).strip());
        } catch (IllegalArgumentException e) {
            throw new UnverifiableException("--key: " + e.getMessage(), e);
        }
    }

    private static Checkpoint older(String file, VerifierKey key) {
        try {
            return Verifier.checkpoint(read(file, LONGEST_TEXT), key);
        } catch (IllegalArgumentException e) {
            throw new UnverifiableException("--since: " + e.getMessage(), e);
        }
    }

    private LogFiles files(String folderOrUrl, Arguments arguments) {
        if (!folderOrUrl.matches("https?://.*")) {
            return new FolderLogFiles(path(folderOrUrl));
        }
        var token = arguments
                .find("--token-file")
                .map(file -> text(file).strip())
                .or(() -> Optional.ofNullable(environment.get("ORCHARD_TOKEN")));
        try {
            return new HttpLogFiles(new URI(folderOrUrl), token, Duration.ofMillis(250));
        } catch (URISyntaxException e) {
            throw new UnverifiableException("it is no URL: " + folderOrUrl, e);
        }
    }

    private static String text(String file) {
        return new String(read(file, LONGEST_TEXT), StandardCharsets.UTF_8);
    }

    private static byte[] read(String file, int longest) {
        try (var bytes = Files.newInputStream(path(file))) {
            byte[] read = bytes.readNBytes(longest + 1);
            return Arrays.copyOf(read, Math.min(read.length, longest));
        } catch (IOException e) {
            throw new UnverifiableException(file + " cannot be read: " + e, e);
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new UnverifiableException("there is no such file: " + file, e);
        }
    }
}
