package dev.orchard.transparency.verify;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.Tile;
import dev.orchard.transparency.TilePath;
import java.util.Arrays;

/** Compares what is stored with what the entries give, and tells which of the two is wrong. */
final class TileCheck {
    private final LogFiles files;
    private final StoredTiles stored;

    TileCheck(LogFiles files, Checkpoint signed) {
        this.files = files;
        this.stored = new StoredTiles(files, signed);
    }

    void check(Bundle bundle) throws TamperedException {
        var path = bundle.leaves().path();
        byte[] tile = read(path);
        if (!Arrays.equals(tile, bundle.leafBytes())) {
            throw difference(Tile.of(path, tile), bundle);
        }
        if (!bundle.isWhole()) {
            throw new TamperedException(bundle.path() + " has bytes after its last entry");
        }
        for (int width : files.partialWidths(bundle.path())) {
            if (width < bundle.count()) {
                requirePrefix(partial(bundle.path(), width), bundle.bytes(), bundle.end(width));
            }
        }
        checkPartials(path, tile);
    }

    /** @param computed a tile above the leaves */
    void check(Tile computed) throws TamperedException {
        byte[] tile = read(computed.path());
        if (!Arrays.equals(tile, computed.bytes())) {
            throw difference(Tile.of(computed.path(), tile), computed);
        }
        checkPartials(computed.path(), tile);
    }

    private byte[] read(TilePath path) throws TamperedException {
        var tile = files.find(path.toString());
        if (tile.isEmpty()) {
            throw new TamperedException(path + " is missing, and the signed checkpoint promises it");
        }
        if (tile.get().length != path.width() * Hash.BYTES) {
            throw new TamperedException(
                    path + " has " + tile.get().length + " bytes, not " + path.width() * Hash.BYTES);
        }
        return tile.get();
    }

    private TamperedException difference(Tile tile, Bundle bundle) {
        int i = firstDifference(tile, bundle.leaves());
        String hash = tile.path() + ", hash " + i;
        if (i == bundle.count()) {
            return new TamperedException(bundle.name(i) + ": " + bundle.path() + " ends before it or within it");
        }
        if (stored.lead(tile)) {
            return new TamperedException(
                    bundle.name(i) + ": its bytes are not those that were signed, at " + i + " in " + bundle.path());
        }
        if (stored.lead(bundle.leaves())) {
            return new TamperedException(hash + ": it is not the hash of " + bundle.name(i) + ", which was signed");
        }
        return new TamperedException(
                bundle.name(i) + " and " + hash + ": they do not agree, and neither leads to the signed root");
    }

    private TamperedException difference(Tile tile, Tile computed) {
        int i = firstDifference(tile, computed);
        int level = tile.path().level();
        var child = new TilePath(level - 1, tile.path().index() * TilePath.FULL + i, TilePath.FULL);
        String hash = tile.path() + ", hash " + i;
        long entries = 1L << (8 * level);
        long first = child.index() * entries;
        String range = "entries " + first + " to " + (first + entries - 1);
        if (stored.lead(tile)) {
            return new TamperedException(
                    range + ": one of them is not what was signed; " + child + " was changed with it, but not " + hash);
        }
        if (stored.lead(computed)) {
            return new TamperedException(hash + ": it is not the hash of " + range + ", which were signed");
        }
        return new TamperedException(
                hash + " and " + range + ": they do not agree, and neither leads to the signed root");
    }

    private static int firstDifference(Tile tile, Tile computed) {
        int i = 0;
        while (i < computed.hashes().size()
                && computed.hashes().get(i).equals(tile.hashes().get(i))) {
            i++;
        }
        return i;
    }

    private void checkPartials(TilePath path, byte[] tile) throws TamperedException {
        for (int width : files.partialWidths(path)) {
            if (width < path.width()) {
                requirePrefix(partial(path, width), tile, width * Hash.BYTES);
            }
        }
    }

    private void requirePrefix(TilePath partial, byte[] whole, int length) throws TamperedException {
        byte[] bytes = files.find(partial.toString()).orElse(new byte[0]);
        if (bytes.length != length) {
            throw new TamperedException(partial + " has " + bytes.length + " bytes, not " + length);
        }
        int at = Arrays.mismatch(bytes, 0, length, whole, 0, length);
        if (at >= 0) {
            throw new TamperedException(partial + ", byte " + at + ": it is not the beginning of what was signed");
        }
    }

    private static TilePath partial(TilePath path, int width) {
        return new TilePath(path.level(), path.index(), width);
    }
}
