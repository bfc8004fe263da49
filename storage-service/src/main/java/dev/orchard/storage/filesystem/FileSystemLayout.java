package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.LogKey;
import dev.orchard.storage.blob.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;

/**
 * Which file is where: a blob in {@code blobs/ab/UUID}, by the first two digits of its id, a piece of the transparency
 * log under its key, so that an auditor can read the directory {@code log} as it is, the parts of a blob that is not whole
 * yet in the directory {@code parts/ab/UUID}, and a write that is not finished in {@code tmp}.
 */
record FileSystemLayout(Path root) {
    /** Makes all directories of blobs at once, so that no write has to, and none can meet one that is not durable yet. */
    static FileSystemLayout create(Path root) throws IOException {
        Path absolute = root.toAbsolutePath();
        var layout = new FileSystemLayout(absolute);
        Directory.create(absolute);
        Files.createDirectories(layout.unfinished());
        Files.createDirectories(layout.parts());
        for (int i = 0; i < 256; i++) {
            Files.createDirectories(layout.blobs().resolve(HexFormat.of().toHexDigits((byte) i)));
        }
        Directory.sync(layout.blobs());
        Directory.sync(absolute);
        return layout;
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path parts() {
        return root.resolve("parts");
    }

    /** Where the parts of the blob are until it is whole. */
    Path upload(BlobKey blob) {
        return uploadsWith(blob).resolve(blob.id().toString());
    }

    /** Makes the upload's directory, durably; those above it too, which may be as new. */
    void makeUpload(BlobKey blob) throws IOException {
        Files.createDirectories(upload(blob));
        Directory.sync(parts(), uploadsWith(blob));
    }

    /** Makes durable that the upload's directory is gone. */
    void syncUpload(BlobKey blob) throws IOException {
        if (Files.isDirectory(uploadsWith(blob))) {
            Directory.sync(uploadsWith(blob));
        }
    }

    Path unfinished() {
        return root.resolve("tmp");
    }

    Path file(ObjectKey key) {
        return switch (key) {
            case BlobKey blob -> directory(blob).resolve(blob.id().toString());
            case LogKey piece -> root.resolve(piece.toString());
        };
    }

    /** Makes the directory that shall hold the object if it is not there; {@link #sync} makes it durable. */
    void makeDirectory(ObjectKey key) throws IOException {
        if (key instanceof LogKey piece) {
            Files.createDirectories(directory(piece));
        }
    }

    /** Makes durable whether the file is there. Directories of the log are as new as what they hold, so they too. */
    void sync(ObjectKey key) throws IOException {
        switch (key) {
            case BlobKey blob -> Directory.sync(directory(blob));
            case LogKey piece -> Directory.sync(root, directory(piece));
        }
    }

    /** A name that no other write has, not even another one to the same key. */
    Path newUnfinished(ObjectKey key) {
        return unfinished().resolve(key.toString().replace('/', '-') + "." + UUID.randomUUID());
    }

    private Path directory(BlobKey blob) {
        return blobs().resolve(prefix(blob));
    }

    private Path directory(LogKey piece) {
        return Objects.requireNonNull(file(piece).getParent());
    }

    private Path uploadsWith(BlobKey blob) {
        return parts().resolve(prefix(blob));
    }

    private static String prefix(BlobKey blob) {
        return blob.id().toString().substring(0, 2);
    }
}
