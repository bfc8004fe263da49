package dev.orchard.transparency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a signed log into a folder, as it is served and stored: checkpoint, tiles and bundles under their paths. */
public final class LogFolder implements TileReader {
    private final Path folder;
    private final SigningKey key;
    private final TreeEdge edge = TreeEdge.empty();
    private final List<byte[]> bundle = new ArrayList<>();

    public LogFolder(Path folder, SigningKey key) throws IOException {
        this.folder = folder;
        this.key = key;
        write("key", (key.verifier().text() + "\n").getBytes());
    }

    public void append(byte[] entry) throws IOException {
        bundle.add(entry);
        for (Tile tile : edge.append(Hash.leaf(entry))) {
            write(tile.path().toString(), tile.bytes());
        }
        if (bundle.size() == TilePath.FULL) {
            writeBundle(edge.size() / TilePath.FULL - 1);
            bundle.clear();
        }
    }

    /** Writes the partial tiles and bundle of this size and signs it; answers the signed note. */
    public String publish() throws IOException {
        for (Tile tile : edge.partialTiles()) {
            write(tile.path().toString(), tile.bytes());
        }
        if (!bundle.isEmpty()) {
            writeBundle(edge.size() / TilePath.FULL);
        }
        String origin = key.verifier().name();
        String note = key.sign(new Checkpoint(origin, edge.size(), edge.root()).text());
        write("checkpoint", note.getBytes());
        write("checkpoints/" + edge.size(), note.getBytes());
        return note;
    }

    public long size() {
        return edge.size();
    }

    @Override
    public Tile read(TilePath path) {
        try {
            return Tile.of(path, Files.readAllBytes(folder.resolve(path.toString())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void writeBundle(long index) throws IOException {
        var path = new TilePath(TilePath.ENTRIES, index, bundle.size());
        write(path.toString(), EntryBundle.encode(bundle));
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
