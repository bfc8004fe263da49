package dev.orchard.transparency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log in memory that publishes its tiles as a real one does: full ones when they are full, partial ones when asked. */
final class GrowingLog implements TileReader {
    final List<Hash> leaves = new ArrayList<>();
    final TreeEdge edge = TreeEdge.empty();
    final Map<TilePath, Tile> tiles = new HashMap<>();

    /** A log with the entries "entry 0", "entry 1" and so on. */
    static GrowingLog of(int size) {
        var log = new GrowingLog();
        log.growTo(size);
        return log;
    }

    void growTo(int size) {
        while (leaves.size() < size) {
            append(Hash.leaf(("entry " + leaves.size()).getBytes()));
        }
        publish();
    }

    List<Tile> append(Hash leaf) {
        leaves.add(leaf);
        var full = edge.append(leaf);
        full.forEach(tile -> tiles.put(tile.path(), tile));
        return full;
    }

    void publish() {
        edge.partialTiles().forEach(tile -> tiles.put(tile.path(), tile));
    }

    @Override
    public Tile read(TilePath path) {
        Tile tile = tiles.get(path);
        if (tile == null) {
            throw new AssertionError("nobody published " + path);
        }
        return tile;
    }
}
