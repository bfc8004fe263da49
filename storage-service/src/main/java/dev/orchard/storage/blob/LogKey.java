package dev.orchard.storage.blob;

import dev.orchard.support.naming.InvalidValueException;
import java.util.regex.Pattern;

/**
 * Where one piece of the transparency log lives: {@code log/checkpoint/N}, with N from 1, or {@code log/tile/…} in the
 * one spelling that C2SP tlog-tiles has for each tile and each bundle of entries.
 *
 * @param path what follows {@code log/}
 */
public record LogKey(String path) implements ObjectKey {
    /** What every key starts with. */
    public static final String PREFIX = "log/";

    private static final String CHECKPOINT = "checkpoint/[1-9][0-9]{0,17}";
    private static final String LEVEL = "([0-9]|[1-5][0-9]|6[0-3])";
    private static final String INDEX = "(x(?!000)[0-9]{3}/(x[0-9]{3}/){0,4})?[0-9]{3}";
    private static final String WIDTH = "([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    private static final Pattern WRITTEN =
            Pattern.compile(CHECKPOINT + "|tile/(entries|" + LEVEL + ")/" + INDEX + "([.]p/" + WIDTH + ")?");

    /** @throws InvalidValueException if the log has no piece by this name */
    public LogKey {
        if (!WRITTEN.matcher(path).matches()) {
            throw new InvalidValueException("path", "must name a checkpoint, a tile or a bundle of entries");
        }
    }

    @Override
    public String toString() {
        return PREFIX + path;
    }
}
