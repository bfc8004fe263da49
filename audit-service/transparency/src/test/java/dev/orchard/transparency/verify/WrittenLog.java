package dev.orchard.transparency.verify;

import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.EntryBundle;
import dev.orchard.transparency.Hash;
import dev.orchard.transparency.SigningKey;
import dev.orchard.transparency.Tile;
import dev.orchard.transparency.TilePath;
import dev.orchard.transparency.TreeEdge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A signed log in memory, by path. */
final class WrittenLog implements LogFiles {
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Set<String> stale = new HashSet<>();

    private WrittenLog() {}

    /** @param alsoSigned sizes that the log had when it was signed before: their partial tiles stay */
    static WrittenLog of(SigningKey key, List<byte[]> entries, Integer... alsoSigned) {
        var log = new WrittenLog();
        var edge = TreeEdge.empty();
        for (byte[] entry : entries) {
            edge.append(Hash.leaf(entry)).forEach(log::put);
            if (edge.size() % TilePath.FULL == 0) {
                log.putBundle(entries, edge.size());
            }
            if (List.of(alsoSigned).contains((int) edge.size())) {
                log.sign(key, edge, entries);
                log.stale.addAll(log.files.keySet());
            }
        }
        log.sign(key, edge, entries);
        log.stale.removeIf(path -> !isPartial(path) || isAtTheEdge(path, edge.size()));
        return log;
    }

    SortedMap<String, byte[]> files() {
        return files;
    }

    String checkpoint() {
        return new String(files.get("checkpoint"), StandardCharsets.UTF_8);
    }

    /** Whether it is a partial file of a size that was signed before. */
    boolean isStale(String path) {
        return stale.contains(path);
    }

    /** The same files, but for one. */
    WrittenLog with(String path, byte[] bytes) {
        var other = new WrittenLog();
        other.files.putAll(files);
        other.files.put(path, bytes);
        return other;
    }

    /** The same files, but for one. */
    WrittenLog without(String path) {
        var other = new WrittenLog();
        other.files.putAll(files);
        other.files.remove(path);
        return other;
    }

    Path writeTo(Path folder) throws IOException {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    @Override
    public Optional<byte[]> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public List<Integer> partialWidths(TilePath place) {
        String partials = new TilePath(place.level(), place.index(), TilePath.FULL) + ".p/";
        return files.subMap(partials, partials + "~").keySet().stream()
                .map(path -> TilePath.parse(path).orElseThrow().width())
                .toList();
    }

    @Override
    public long countStrangers(long size) {
        return 0;
    }

    private void sign(SigningKey key, TreeEdge edge, List<byte[]> entries) {
        edge.partialTiles().forEach(this::put);
        if (edge.size() % TilePath.FULL != 0) {
            putBundle(entries, edge.size());
        }
        var checkpoint = new Checkpoint(key.verifier().name(), edge.size(), edge.root());
        files.put("checkpoint", key.sign(checkpoint.text()).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPartial(String path) {
        return path.contains(".p/");
    }

    private static boolean isAtTheEdge(String path, long size) {
        var tile = TilePath.parse(path).orElseThrow();
        return tile.index() * TilePath.FULL + tile.width() == size >> (8 * Math.max(0, tile.level()));
    }

    private void put(Tile tile) {
        files.put(tile.path().toString(), tile.bytes());
    }

    private void putBundle(List<byte[]> entries, long size) {
        long index = (size - 1) / TilePath.FULL;
        int from = (int) index * TilePath.FULL;
        var path = new TilePath(TilePath.ENTRIES, index, (int) size - from);
        files.put(path.toString(), EntryBundle.encode(entries.subList(from, (int) size)));
    }
}
