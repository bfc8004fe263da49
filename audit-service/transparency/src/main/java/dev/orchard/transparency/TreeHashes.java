package dev.orchard.transparency;

import java.util.HashMap;
import java.util.Map;

/** The hashes of a tree of a known size, read from its tiles, each of them once. */
final class TreeHashes {
    private final TileReader tiles;
    private final long size;
    private final Map<TilePath, Tile> read = new HashMap<>();

    TreeHashes(TileReader tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /** Where RFC 6962 splits a range of more than one leaf: after the largest power of two that leaves something. */
    static long split(long from, long to) {
        return from + Long.highestOneBit(to - from - 1);
    }

    /** The hash over the leaves from {@code from} to before {@code to}, as they are in a tree split like that. */
    Hash hash(long from, long to) {
        if (Long.bitCount(to - from) == 1) {
            return perfect(from, Long.numberOfTrailingZeros(to - from));
        }
        long middle = split(from, to);
        return Hash.node(hash(from, middle), hash(middle, to));
    }

    private Hash perfect(long from, int height) {
        int level = height / 8;
        long first = from >> (8 * level);
        long index = first / TilePath.FULL;
        int width = (int) Math.min(TilePath.FULL, (size >> (8 * level)) - index * TilePath.FULL);
        int begin = (int) (first % TilePath.FULL);
        var tile = read.computeIfAbsent(new TilePath(level, index, width), tiles::read);
        return TreeEdge.root(tile.hashes().subList(begin, begin + (1 << (height % 8))));
    }
}
