package dev.orchard.transparency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tree as RFC 6962, section 2.1, defines it, recursion for recursion: what the library is measured against. */
final class NaiveTree {
    private final List<Hash> leaves;
    private final Map<Long, Hash> known = new HashMap<>();

    NaiveTree(List<Hash> leaves) {
        this.leaves = leaves;
    }

    /** MTH(D[0:size]). */
    Hash root(int size) {
        return size == 0 ? Hash.EMPTY : hash(0, size);
    }

    /** PATH(index, D[0:size]). */
    List<Hash> path(int index, int size) {
        return path(index, 0, size);
    }

    /** PROOF(older, D[0:newer]). */
    List<Hash> proof(int older, int newer) {
        return subproof(older, 0, newer, true);
    }

    private List<Hash> path(int index, int from, int to) {
        var path = new ArrayList<Hash>();
        if (to - from > 1) {
            int k = from + split(to - from);
            path.addAll(index < k ? path(index, from, k) : path(index, k, to));
            path.add(index < k ? hash(k, to) : hash(from, k));
        }
        return path;
    }

    private List<Hash> subproof(int m, int from, int to, boolean isWhole) {
        if (m == to - from) {
            return isWhole ? List.of() : List.of(hash(from, to));
        }
        int k = split(to - from);
        var proof = new ArrayList<Hash>();
        proof.addAll(m <= k ? subproof(m, from, from + k, isWhole) : subproof(m - k, from + k, to, false));
        proof.add(m <= k ? hash(from + k, to) : hash(from, from + k));
        return proof;
    }

    private Hash hash(int from, int to) {
        if (to - from == 1) {
            return leaves.get(from);
        }
        long range = (long) from << 32 | to;
        Hash hash = known.get(range);
        if (hash == null) {
            int k = from + split(to - from);
            hash = Hash.node(hash(from, k), hash(k, to));
            known.put(range, hash);
        }
        return hash;
    }

    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }
}
