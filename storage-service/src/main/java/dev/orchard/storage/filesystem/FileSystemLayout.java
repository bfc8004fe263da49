package dev.orchard.storage.filesystem;

import dev.orchard.storage.blob.BlobKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Which file is where: a blob in {@code blobs/ab/UUID}, by the first two digits of its id, and a write that is not
 * finished in {@code tmp}.
 */
record FileSystemLayout(Path blobs, Path unfinished) {
    /** Makes all directories at once, so that no write has to, and none can meet one that is not durable yet. */
    static FileSystemLayout create(Path root) throws IOException {
        Path absolute = root.toAbsolutePath();
        var layout = new FileSystemLayout(absolute.resolve("blobs"), absolute.resolve("tmp"));
        Directory.create(absolute);
        Files.createDirectories(layout.unfinished);
        for (int i = 0; i < 256; i++) {
            Files.createDirectories(layout.blobs.resolve(HexFormat.of().toHexDigits((byte) i)));
        }
        Directory.sync(layout.blobs);
        Directory.sync(absolute);
        return layout;
    }

    Path blob(BlobKey key) {
        return directory(key).resolve(key.id().toString());
    }

    /** The directory that holds the blob. */
    Path directory(BlobKey key) {
        return blobs.resolve(key.id().toString().substring(0, 2));
    }

    /** A name that no other write has, not even another one to the same key. */
    Path newUnfinished(BlobKey key) {
        return unfinished.resolve(key.id() + "." + UUID.randomUUID());
    }
}
