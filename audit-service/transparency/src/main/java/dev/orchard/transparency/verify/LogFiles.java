package dev.orchard.transparency.verify;

import dev.orchard.transparency.TilePath;
import java.util.List;
import java.util.Optional;

/** Where a log's files lie, under the paths of C2SP tlog-tiles. */
interface LogFiles {
    /** The longest bundle: 256 entries of 65,535 bytes, each with its length before it. */
    int LONGEST_FILE = TilePath.FULL * (2 + 65_535);

    /**
     * A file's bytes; empty if there is no such file. Of a file that is longer than {@link #LONGEST_FILE} it answers one
     * byte more than that.
     *
     * @throws UnverifiableException if it cannot be told
     */
    Optional<byte[]> find(String path);

    /** The widths of the partial tiles or bundles that lie at this place, as far as they can be listed. */
    List<Integer> partialWidths(TilePath place);

    /** How many files lie there that are no part of a log of this size, as far as they can be listed. */
    long countStrangers(long size);
}
