package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobPage;
import dev.orchard.storage.blob.BlobPage.KeptBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the directories of blobs in the order of their names, which is the order of the keys. */
record FileSystemListing(FileSystemLayout layout) {
    BlobPage page(@Nullable BlobKey after, int limit) throws IOException {
        String last = after == null ? "" : after.id().toString();
        List<KeptBlob> found = new ArrayList<>();
        int first = last.isEmpty() ? 0 : HexFormat.fromHexDigits(last, 0, 2);
        for (int i = first; i < 256 && found.size() <= limit; i++) {
            addFrom(layout.blobs().resolve(HexFormat.of().toHexDigits((byte) i)), last, limit, found);
        }
        return found.size() > limit
                ? new BlobPage(List.copyOf(found.subList(0, limit)), true)
                : new BlobPage(List.copyOf(found), false);
    }

    /** Adds one more than the limit at most, which tells that there is more. */
    private static void addFrom(Path directory, String after, int limit, List<KeptBlob> found) throws IOException {
        for (String name : names(directory, after)) {
            if (found.size() > limit) {
                return;
            }
            try {
                var file = Files.readAttributes(directory.resolve(name), BasicFileAttributes.class);
                found.add(new KeptBlob(
                        new BlobKey(UUID.fromString(name)),
                        file.size(),
                        file.lastModifiedTime().toInstant()));
            } catch (NoSuchFileException e) {
                // deleted since its name was read
            }
        }
    }

    private static List<String> names(Path directory, String after) throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.compareTo(after) > 0 && BlobKey.isWritten(name)) {
                    names.add(name);
                }
            }
        }
        names.sort(null);
        return names;
    }
}
