package dev.orchard.audit.log;

import dev.orchard.transparency.Hash;
import dev.orchard.transparency.Tile;
import dev.orchard.transparency.TilePath;
import dev.orchard.transparency.TileReader;
import org.springframework.stereotype.Component;

/** The tree's tiles as the store holds them. */
@Component
final class StoredTiles implements TileReader {
    private final LogBlobClient blobs;

    StoredTiles(LogBlobClient blobs) {
        this.blobs = blobs;
    }

    /** @throws IllegalArgumentException if the store has no such tile, or something else in its place */
    @Override
    public Tile read(TilePath path) {
        int length = path.width() * Hash.BYTES;
        return blobs.find(path.toString(), length)
                .map(bytes -> Tile.of(path, bytes))
                .orElseThrow(() -> new IllegalArgumentException(path + " is not there"));
    }
}
