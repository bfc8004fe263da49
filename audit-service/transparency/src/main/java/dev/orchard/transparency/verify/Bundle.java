package dev.orchard.transparency.verify;

import dev.orchard.transparency.Hash;
import dev.orchard.transparency.Tile;
import dev.orchard.transparency.TilePath;
import dev.orchard.transparency.TreeEdge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bundle of entries, read as far as it can be read, with the hashes that its entries give. */
final class Bundle {
    private static final EntryReader READER = new EntryReader();

    private final TilePath path;
    private final byte[] bytes;
    private final int[] ends;
    private final Tile leaves;
    private final byte[] leafBytes;
    private volatile @Nullable Hash root;
    private volatile @Nullable List<Entry> entries;

    /** Never throws: what is no bundle of this width has other hashes, or is not {@link #isWhole}. */
    Bundle(TilePath path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
        this.ends = ends(path.width(), bytes);
        var hashes = new ArrayList<Hash>();
        for (int i = 0; i < ends.length; i++) {
            hashes.add(Hash.leaf(entry(i)));
        }
        this.leaves = new Tile(new TilePath(0, path.index(), path.width()), hashes);
        this.leafBytes = leaves.bytes();
    }

    private static int[] ends(int width, byte[] bytes) {
        var ends = new int[width];
        int count = 0;
        for (int at = 0; count < width && at + 2 <= bytes.length; count++) {
            int end = at + 2 + 256 * (bytes[at] & 0xff) + (bytes[at + 1] & 0xff);
            if (end > bytes.length) {
                break;
            }
            ends[count] = end;
            at = end;
        }
        return Arrays.copyOf(ends, count);
    }

    /** How many entries it has, up to the width that its path promises. */
    int count() {
        return ends.length;
    }

    boolean isWhole() {
        return ends.length == path.width() && bytes.length == end(ends.length);
    }

    /** How many bytes the first {@code count} entries take. */
    int end(int count) {
        return count == 0 ? 0 : ends[count - 1];
    }

    byte[] bytes() {
        return bytes;
    }

    TilePath path() {
        return path;
    }

    long firstIndex() {
        return path.index() * TilePath.FULL;
    }

    Tile leaves() {
        return leaves;
    }

    byte[] leafBytes() {
        return leafBytes;
    }

    /** Of the tree over its entries; made when it is asked for, so that hashes are compared first. */
    Hash root() {
        var made = root;
        if (made == null) {
            var edge = TreeEdge.empty();
            leaves.hashes().forEach(edge::append);
            made = edge.root();
            root = made;
        }
        return made;
    }

    /** What its entries say; read when it is asked for, as the root is. */
    List<Entry> entries() {
        var read = entries;
        if (read == null) {
            var all = new ArrayList<Entry>();
            for (int i = 0; i < ends.length; i++) {
                all.add(READER.read(entry(i)));
            }
            read = List.copyOf(all);
            entries = read;
        }
        return read;
    }

    /** "entry 17 (event …)". */
    String name(int i) {
        String event = i < ends.length ? " (" + Entry.name(READER.read(entry(i))) + ")" : "";
        return "entry " + (firstIndex() + i) + event;
    }

    private byte[] entry(int i) {
        return Arrays.copyOfRange(bytes, end(i) + 2, ends[i]);
    }
}
