package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.TilePath;
import dev.orchard.transparency.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The log as it lies in the store's folder, read the slow way: every entry, and every tile from the entries. */
record LogFolder(Path folder, VerifierKey key) {
    /** How many checkpoints there are. */
    long checkpoints() throws IOException {
        try (var files = Files.list(folder.resolve("checkpoint"))) {
            return files.count();
        }
    }

    Checkpoint checkpoint(long n) throws IOException {
        return Checkpoint.parse(key.verify(Files.readString(folder.resolve("checkpoint/" + n))));
    }

    /** The entries under a checkpoint, after all of its pieces were found to be what the entries give. */
    List<byte[]> entries(Checkpoint checkpoint) throws IOException {
        var entries = new ArrayList<byte[]>();
        for (long bundle = 0; entries.size() < checkpoint.size(); bundle++) {
            int width = (int) Math.min(TilePath.FULL, checkpoint.size() - entries.size());
            var bytes = ByteBuffer.wrap(read(new TilePath(TilePath.ENTRIES, bundle, width)));
            while (bytes.hasRemaining()) {
                byte[] entry = new byte[Short.toUnsignedInt(bytes.getShort())];
                bytes.get(entry);
                entries.add(entry);
            }
        }
        var leaves = entries.stream().map(Hash::leaf).toList();
        assertThat(root(leaves)).isEqualTo(checkpoint.root());
        requireTiles(leaves);
        return entries;
    }

    private void requireTiles(List<Hash> leaves) throws IOException {
        List<Hash> hashes = leaves;
        for (int level = 0; !hashes.isEmpty(); level++) {
            var above = new ArrayList<Hash>();
            for (int from = 0; from < hashes.size(); from += TilePath.FULL) {
                var tile = hashes.subList(from, Math.min(from + TilePath.FULL, hashes.size()));
                var bytes = new ByteArrayOutputStream();
                tile.forEach(hash -> bytes.writeBytes(hash.bytes()));
                assertThat(read(new TilePath(level, from / TilePath.FULL, tile.size())))
                        .isEqualTo(bytes.toByteArray());
                if (tile.size() == TilePath.FULL) {
                    above.add(root(tile));
                }
            }
            hashes = above;
        }
    }

    private byte[] read(TilePath path) throws IOException {
        return Files.readAllBytes(folder.resolve(path.toString()));
    }

    private static Hash root(List<Hash> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return Hash.node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }
}
