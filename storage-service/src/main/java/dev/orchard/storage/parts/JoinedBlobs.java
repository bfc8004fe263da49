package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobRange;
import dev.orchard.storage.blob.BlobService;
import dev.orchard.storage.blob.OpenBlob;
import dev.orchard.storage.blob.ReadOutcome;
import dev.orchard.storage.content.JoinedStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blobs, read one after the other as one body; one that is gone ends it, and is named. */
final class JoinedBlobs {
    private final BlobService blobs;
    private @Nullable BlobKey missing;

    JoinedBlobs(BlobService blobs) {
        this.blobs = blobs;
    }

    InputStream body(List<BlobKey> keys) {
        return new JoinedStream(
                keys.stream().<JoinedStream.Source>map(key -> () -> open(key)).toList());
    }

    @Nullable
    BlobKey missing() {
        return missing;
    }

    private InputStream open(BlobKey key) throws IOException {
        return switch (blobs.open(key, new BlobRange.Whole())) {
            case ReadOutcome.Opened(OpenBlob blob) -> new BlobStream(blob);
            case ReadOutcome other -> {
                missing = key;
                throw new IOException(key + ": " + other);
            }
        };
    }

    private static final class BlobStream extends FilterInputStream {
        private final OpenBlob blob;

        BlobStream(OpenBlob blob) {
            super(blob.stream());
            this.blob = blob;
        }

        @Override
        public void close() throws IOException {
            blob.close();
        }
    }
}
