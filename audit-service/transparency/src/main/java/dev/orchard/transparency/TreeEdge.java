package dev.orchard.transparency;

import java.util.ArrayList;
import java.util.List;

/** The right edge of a tree: enough to append to it and to know its root. Not for several threads at once. */
public final class TreeEdge {
    private final List<List<Hash>> levels = new ArrayList<>();
    private long size;

    private TreeEdge() {}

    public static TreeEdge empty() {
        return new TreeEdge();
    }

    /** The edge of a tree of a known size, from its partial tiles. */
    public static TreeEdge restore(long size, TileReader tiles) {
        var edge = new TreeEdge();
        edge.size = size;
        for (int level = 0; level < 8 && size >> (8 * level) > 0; level++) {
            long count = size >> (8 * level);
            int width = (int) (count % TilePath.FULL);
            edge.levels.add(
                    width == 0
                            ? new ArrayList<>()
                            : new ArrayList<>(tiles.read(new TilePath(level, count / TilePath.FULL, width))
                                    .hashes()));
        }
        return edge;
    }

    public long size() {
        return size;
    }

    /** Appends a leaf; answers the tiles that became full by it. */
    public List<Tile> append(Hash leaf) {
        var full = new ArrayList<Tile>();
        Hash hash = leaf;
        size++;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            var hashes = levels.get(level);
            hashes.add(hash);
            if (hashes.size() < TilePath.FULL) {
                return full;
            }
            full.add(new Tile(new TilePath(level, (size >> (8 * (level + 1))) - 1, TilePath.FULL), hashes));
            hash = root(hashes);
            hashes.clear();
        }
    }

    /** The partial tiles of this size, from level 0; none of them is empty. */
    public List<Tile> partialTiles() {
        var tiles = new ArrayList<Tile>();
        for (int level = 0; level < levels.size(); level++) {
            var hashes = levels.get(level);
            if (!hashes.isEmpty()) {
                tiles.add(new Tile(new TilePath(level, size >> (8 * (level + 1)), hashes.size()), hashes));
            }
        }
        return tiles;
    }

    public Hash root() {
        Hash root = null;
        for (var hashes : levels) {
            for (int end = hashes.size(); end > 0; ) {
                int width = Integer.lowestOneBit(end);
                Hash perfect = root(hashes.subList(end - width, end));
                root = root == null ? perfect : Hash.node(perfect, root);
                end -= width;
            }
        }
        return root == null ? Hash.EMPTY : root;
    }

    /** The root of a perfect tree over these hashes. */
    static Hash root(List<Hash> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int half = hashes.size() / 2;
        return Hash.node(root(hashes.subList(0, half)), root(hashes.subList(half, hashes.size())));
    }
}
