package dev.orchard.transparency.verify;

import dev.orchard.transparency.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A log in a folder: one that was copied from a server, or the blob store's own, where each checkpoint lies under its
 * number in a folder of that name. The latest of these is the one that counts.
 */
final class FolderLogFiles implements LogFiles {
    private static final String CHECKPOINT = "checkpoint";

    private final Path folder;

    FolderLogFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<byte[]> find(String path) {
        try (var bytes = Files.newInputStream(file(path))) {
            return Optional.of(bytes.readNBytes(LONGEST_FILE + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public List<Integer> partialWidths(TilePath place) {
        String partials = new TilePath(place.level(), place.index(), TilePath.FULL) + ".p";
        try (Stream<Path> files = Files.list(folder.resolve(partials))) {
            return files.flatMap(file -> TilePath.parse(partials + "/" + file.getFileName()).stream())
                    .map(TilePath::width)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(partials, e);
        }
    }

    @Override
    public long countStrangers(long size) {
        try (Stream<Path> files = Files.walk(folder.resolve("tile"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !isOfLog(file, size))
                    .count();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw unreadable("tile", e);
        }
    }

    /** The file itself; of checkpoints in a folder of that name the one with the highest number. */
    private Path file(String path) throws IOException {
        Path file = folder.resolve(path);
        if (!path.equals(CHECKPOINT) || !Files.isDirectory(file)) {
            return file;
        }
        try (Stream<Path> numbered = Files.list(file)) {
            return numbered.filter(each -> each.getFileName().toString().matches("[1-9][0-9]{0,17}"))
                    .max(Comparator.comparingLong(
                            each -> Long.parseLong(each.getFileName().toString())))
                    .orElseThrow(() -> new NoSuchFileException(file + "/1"));
        }
    }

    private boolean isOfLog(Path file, long size) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        return TilePath.parse(path)
                .filter(tile -> tile.index() * TilePath.FULL + tile.width() <= size >> (8 * Math.max(0, tile.level())))
                .isPresent();
    }

    private static UnverifiableException unreadable(String path, IOException e) {
        return new UnverifiableException(path + " cannot be read: " + e, e);
    }
}
