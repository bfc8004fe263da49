package dev.orchard.transparency;

/** Where tiles come from. */
@FunctionalInterface
public interface TileReader {
    Tile read(TilePath path);
}
