package dev.orchard.transparency;

import java.util.ArrayList;
import java.util.List;

/** That an older tree is the beginning of a newer one (RFC 6962, section 2.1.2). */
public record ConsistencyProof(long olderSize, long newerSize, List<Hash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** @throws IllegalArgumentException if the older tree is empty, or larger than the newer one */
    public static ConsistencyProof of(TileReader tiles, long olderSize, long newerSize) {
        if (olderSize < 1 || olderSize > newerSize) {
            throw new IllegalArgumentException("there is no proof from " + olderSize + " to " + newerSize);
        }
        var path = new ArrayList<Hash>();
        addPath(new TreeHashes(tiles, newerSize), olderSize, 0, newerSize, true, path);
        return new ConsistencyProof(olderSize, newerSize, path);
    }

    /** Whether it leads from the one root to the other (RFC 9162, section 2.1.4.2). */
    public boolean leads(Hash older, Hash newer) {
        if (olderSize < 1 || olderSize > newerSize) {
            return false;
        }
        if (olderSize == newerSize) {
            return path.isEmpty() && older.equals(newer);
        }
        var hashes = new ArrayList<>(path);
        if (Long.bitCount(olderSize) == 1) {
            hashes.addFirst(older);
        }
        return !hashes.isEmpty() && leads(hashes, older, newer);
    }

    private boolean leads(List<Hash> hashes, Hash older, Hash newer) {
        int shared = Long.numberOfTrailingZeros(~(olderSize - 1));
        long node = (olderSize - 1) >> shared;
        long last = (newerSize - 1) >> shared;
        Hash olderRoot = hashes.getFirst();
        Hash newerRoot = hashes.getFirst();
        for (Hash hash : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                olderRoot = Hash.node(hash, olderRoot);
                newerRoot = Hash.node(hash, newerRoot);
                int up = (node & 1) == 1 || node == 0 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= up;
                last >>= up;
            } else {
                newerRoot = Hash.node(newerRoot, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && olderRoot.equals(older) && newerRoot.equals(newer);
    }

    private static void addPath(TreeHashes tree, long older, long from, long to, boolean isWhole, List<Hash> path) {
        if (older == to) {
            if (!isWhole) {
                path.add(tree.hash(from, to));
            }
            return;
        }
        long middle = TreeHashes.split(from, to);
        if (older <= middle) {
            addPath(tree, older, from, middle, isWhole, path);
            path.add(tree.hash(middle, to));
        } else {
            addPath(tree, older, middle, to, false, path);
            path.add(tree.hash(from, middle));
        }
    }
}
