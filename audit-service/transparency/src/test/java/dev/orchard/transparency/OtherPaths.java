package dev.orchard.transparency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every small fault that a proof's path can have: a bit turned, a hash lost, doubled, added, or two exchanged. */
final class OtherPaths {
    private OtherPaths() {}

    static List<List<Hash>> of(List<Hash> path) {
        var others = new ArrayList<List<Hash>>();
        for (int i = 0; i < path.size(); i++) {
            for (int bit = 0; bit < 8 * Hash.BYTES; bit += 5) {
                var other = new ArrayList<>(path);
                other.set(i, turned(path.get(i), bit));
                others.add(other);
            }
            var shorter = new ArrayList<>(path);
            shorter.remove(i);
            others.add(shorter);
            for (int j = 0; j < i; j++) {
                var exchanged = new ArrayList<>(path);
                Collections.swap(exchanged, i, j);
                others.add(exchanged);
            }
        }
        for (int i = 0; i <= path.size(); i++) {
            for (Hash more : List.of(Hash.EMPTY, path.isEmpty() ? Hash.EMPTY : path.get(Math.max(0, i - 1)))) {
                var longer = new ArrayList<>(path);
                longer.add(i, more);
                others.add(longer);
            }
        }
        return others;
    }

    private static Hash turned(Hash hash, int bit) {
        byte[] bytes = hash.bytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Hash.of(bytes);
    }
}
