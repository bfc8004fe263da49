package dev.orchard.transparency.verify;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.Tile;
import dev.orchard.transparency.TilePath;
import dev.orchard.transparency.TreeEdge;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The tiles as they are stored, and whether what they say leads to the signed root. */
final class StoredTiles {
    private final LogFiles files;
    private final Checkpoint signed;

    StoredTiles(LogFiles files, Checkpoint signed) {
        this.files = files;
        this.signed = signed;
    }

    /** Whether this tile, as it is here, leads to the signed root through the stored tiles above it or beside it. */
    boolean lead(Tile tile) {
        if (tile.hashes().size() != tile.path().width()) {
            return false;
        }
        if (tile.path().width() < TilePath.FULL) {
            return edge(tile).filter(signed.root()::equals).isPresent();
        }
        var path = parent(tile.path());
        int i = (int) (tile.path().index() % TilePath.FULL);
        return find(path)
                .filter(parent -> parent.hashes().get(i).equals(root(tile)) && lead(parent))
                .isPresent();
    }

    private TilePath parent(TilePath child) {
        int level = child.level() + 1;
        long index = child.index() / TilePath.FULL;
        long width = (signed.size() >> (8 * level)) - index * TilePath.FULL;
        return new TilePath(level, index, (int) Math.min(TilePath.FULL, width));
    }

    private Optional<Hash> edge(Tile tile) {
        try {
            return Optional.of(TreeEdge.restore(
                            signed.size(),
                            path -> path.equals(tile.path()) ? tile : find(path).orElseThrow())
                    .root());
        } catch (NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private Optional<Tile> find(TilePath path) {
        return files.find(path.toString())
                .filter(bytes -> bytes.length == path.width() * Hash.BYTES)
                .map(bytes -> Tile.of(path, bytes));
    }

    private static Hash root(Tile tile) {
        var edge = TreeEdge.empty();
        tile.hashes().forEach(edge::append);
        return edge.root();
    }
}
