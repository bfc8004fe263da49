package dev.orchard.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What lies in the file system behind Orchard's back. */
final class BlobFolder {
    private final Path root;

    BlobFolder(RunningOrchard orchard) {
        this.root = orchard.data().resolve("blobs");
    }

    Path file(String storageKey) {
        String id = storageKey.substring(storageKey.lastIndexOf('/') + 1);
        return root.resolve("blobs").resolve(id.substring(0, 2)).resolve(id);
    }

    /** The keys of all blobs, with their sizes. */
    Map<String, Long> blobs() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        try (var files = Files.walk(root.resolve("blobs"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                try {
                    sizes.put("blobs/" + file.getFileName(), Files.size(file));
                } catch (NoSuchFileException e) {
                    // deleted in between
                }
            }
        }
        return sizes;
    }

    /** How many files there are, whole or not, but for those of the transparency log. */
    long files() throws IOException {
        long count = 0;
        try (var folders = Files.newDirectoryStream(root, folder -> !folder.endsWith("log"))) {
            for (Path folder : folders) {
                try (var files = Files.walk(folder)) {
                    count += files.filter(Files::isRegularFile).count();
                }
            }
        }
        return count;
    }
}
