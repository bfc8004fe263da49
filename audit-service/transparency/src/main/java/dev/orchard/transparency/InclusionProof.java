package dev.orchard.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The hashes that lead from a leaf to the root, from the leaf's sibling upwards (RFC 6962, section 2.1.1). */
public record InclusionProof(long index, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** @throws IndexOutOfBoundsException if the log of this size has no such entry */
    public static InclusionProof of(TileReader tiles, long index, long size) {
        Objects.checkIndex(index, size);
        var path = new ArrayList<Hash>();
        addPath(new TreeHashes(tiles, size), index, 0, size, path);
        return new InclusionProof(index, path);
    }

    private static void addPath(TreeHashes tree, long index, long from, long to, List<Hash> path) {
        if (to - from == 1) {
            return;
        }
        long middle = TreeHashes.split(from, to);
        if (index < middle) {
            addPath(tree, index, from, middle, path);
            path.add(tree.hash(middle, to));
        } else {
            addPath(tree, index, middle, to, path);
            path.add(tree.hash(from, middle));
        }
    }

    /** Whether it leads from this leaf to the root of this size. */
    public boolean leads(Hash leaf, long size, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        Hash hash = leaf;
        long node = index;
        long last = size - 1;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }
}
