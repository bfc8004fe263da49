package dev.orchard.transparency;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tile with its hashes, from the left. */
public record Tile(TilePath path, List<Hash> hashes) {
    public Tile {
        hashes = List.copyOf(hashes);
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream(hashes.size() * Hash.BYTES);
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if they are not as many hashes as the path says */
    public static Tile of(TilePath path, byte[] bytes) {
        if (bytes.length != path.width() * Hash.BYTES) {
            throw new IllegalArgumentException(path + " has " + bytes.length + " bytes");
        }
        var hashes = new ArrayList<Hash>();
        for (int i = 0; i < path.width(); i++) {
            hashes.add(Hash.of(Arrays.copyOfRange(bytes, i * Hash.BYTES, (i + 1) * Hash.BYTES)));
        }
        return new Tile(path, hashes);
    }
}
