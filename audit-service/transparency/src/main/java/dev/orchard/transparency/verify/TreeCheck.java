package dev.orchard.transparency.verify;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.Tile;
import dev.orchard.transparency.TilePath;
import dev.orchard.transparency.TreeEdge;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds the tree from every entry, and compares every tile and the root with it. For one pass over one log. */
final class TreeCheck {
    private final LogFiles files;
    private final BundleReader reader;
    private final Checkpoint signed;
    private final Optional<Checkpoint> older;
    private final TileCheck tiles;
    /** The tree over the roots of the full bundles: its level 0 is the log's level 1. */
    private final TreeEdge upper = TreeEdge.empty();

    TreeCheck(LogFiles files, BundleReader reader, Checkpoint signed, Optional<Checkpoint> older) {
        this.files = files;
        this.reader = reader;
        this.signed = signed;
        this.older = older;
        this.tiles = new TileCheck(files, signed);
    }

    /** Hands on the bundles in their order, each after it was found to agree with its tile. */
    void run(Consumer<Bundle> visitor) throws TamperedException {
        Bundle partial = null;
        for (long first = 0; first < signed.size(); first += TilePath.FULL) {
            var bundle = read(first);
            visitor.accept(bundle);
            if (older.isPresent() && older.get().size() < first + bundle.count()) {
                requireOlder(Math.max(first, older.get().size()), bundle);
            }
            if (bundle.count() < TilePath.FULL) {
                partial = bundle;
            } else {
                append(bundle);
            }
        }
        requireOlder(signed.size(), partial);
        for (var tile : upper.partialTiles()) {
            tiles.check(raised(tile));
        }
        requireRoot(root(signed.size(), partial));
    }

    private Bundle read(long first) throws TamperedException {
        int width = (int) Math.min(TilePath.FULL, signed.size() - first);
        var path = new TilePath(TilePath.ENTRIES, first / TilePath.FULL, width);
        var bytes = files.find(path.toString());
        if (bytes.isEmpty()) {
            throw new TamperedException(path + " is missing, and the signed checkpoint promises it");
        }
        var bundle = reader.read(path, bytes.get());
        tiles.check(bundle);
        return bundle;
    }

    private void append(Bundle bundle) throws TamperedException {
        for (var tile : upper.append(bundle.root())) {
            tiles.check(raised(tile));
        }
    }

    /** At the size of the older checkpoint the tree must be what that says. */
    private void requireOlder(long size, @Nullable Bundle last) throws TamperedException {
        if (older.isPresent()
                && older.get().size() == size
                && !older.get().root().equals(root(size, last))) {
            throw new TamperedException(
                    "the first " + size
                            + " entries are not those of the older checkpoint: one of them was changed since, and signed again");
        }
    }

    private void requireRoot(Hash root) throws TamperedException {
        if (!root.equals(signed.root())) {
            String after = older.filter(checkpoint -> checkpoint.size() > 0)
                    .map(checkpoint -> "; those before entry " + checkpoint.size() + " are as the older one has them")
                    .orElse("");
            throw new TamperedException(
                    "checkpoint: all entries and tiles agree with each other, but not with the root that was signed"
                            + after);
        }
    }

    private Hash root(long size, @Nullable Bundle last) {
        return TreeEdge.restore(size, path -> computed(path, last)).root();
    }

    private Tile computed(TilePath path, @Nullable Bundle last) {
        if (path.level() == 0 && last != null) {
            return new Tile(path, last.leaves().hashes().subList(0, path.width()));
        }
        return upper.partialTiles().stream()
                .map(TreeCheck::raised)
                .filter(tile -> tile.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(path.toString()));
    }

    private static Tile raised(Tile tile) {
        var path = tile.path();
        return new Tile(new TilePath(path.level() + 1, path.index(), path.width()), tile.hashes());
    }
}
