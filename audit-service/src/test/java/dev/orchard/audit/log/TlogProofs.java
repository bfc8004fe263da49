package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.LogProof;
import dev.orchard.transparency.VerifierKey;
import java.util.Base64;
import java.util.List;

/** Has a C2SP tlog-proof verified, then reads it by itself and follows it by recursion, as RFC 6962, section 2.1.1, defines the path. */
final class TlogProofs {
    private TlogProofs() {}

    static void require(String proof, byte[] entry, VerifierKey key) {
        LogProof.parse(proof).verify(entry, key);
        int split = proof.indexOf("\n\n");
        var lines = proof.substring(0, split).lines().toList();
        var checkpoint = Checkpoint.parse(key.verify(proof.substring(split + 2)));
        long index = Long.parseLong(lines.get(1).substring("index ".length()));
        var path = lines.subList(2, lines.size()).stream()
                .map(line -> Hash.of(Base64.getDecoder().decode(line)))
                .toList();
        assertThat(root(index, checkpoint.size(), Hash.leaf(entry), path)).isEqualTo(checkpoint.root());
    }

    private static Hash root(long index, long size, Hash leaf, List<Hash> path) {
        if (size == 1) {
            assertThat(path).isEmpty();
            return leaf;
        }
        long split = Long.highestOneBit(size - 1);
        var below = path.subList(0, path.size() - 1);
        return index < split
                ? Hash.node(root(index, split, leaf, below), path.getLast())
                : Hash.node(path.getLast(), root(index - split, size - split, leaf, below));
    }
}
