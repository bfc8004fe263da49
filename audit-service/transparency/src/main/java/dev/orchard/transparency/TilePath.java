package dev.orchard.transparency;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a tile or of a bundle of entries, as C2SP tlog-tiles spells it: {@code tile/L/N[.p/W]}.
 *
 * @param level the tile's level, {@link #ENTRIES} for a bundle of entries
 * @param index from 0
 * @param width how many hashes or entries it has, 1 to 256
 */
public record TilePath(int level, long index, int width) {
    public static final int ENTRIES = -1;
    public static final int FULL = 256;

    private static final Pattern WRITTEN = Pattern.compile(
            "tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:[.]p/([1-9][0-9]{0,2}))?");

    /** Reads a path in its one spelling; empty for every other text. */
    public static Optional<TilePath> parse(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        int level = written.group(1).equals("entries") ? ENTRIES : Integer.parseInt(written.group(1));
        long index = Long.parseLong(written.group(2).replaceAll("[x/]", ""));
        int width = written.group(3) == null ? FULL : Integer.parseInt(written.group(3));
        var path = new TilePath(level, index, width);
        return width <= FULL && path.toString().equals(text) ? Optional.of(path) : Optional.empty();
    }

    @Override
    public String toString() {
        var number = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            number.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        return "tile/" + (level == ENTRIES ? "entries" : level) + "/" + number + (width == FULL ? "" : ".p/" + width);
    }
}
