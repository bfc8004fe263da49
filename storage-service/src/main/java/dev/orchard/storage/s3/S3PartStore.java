package dev.orchard.storage.s3;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.content.ExtraDigest;
import dev.orchard.storage.parts.CompleteOutcome;
import dev.orchard.storage.parts.PartAddress;
import dev.orchard.storage.parts.PartOutcome;
import dev.orchard.storage.parts.PartStore;
import dev.orchard.storage.parts.StoredPart;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands in until the parts are kept in S3. */
final class S3PartStore implements PartStore {
    @Override
    public String begin(BlobKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PartOutcome write(PartAddress part, BlobContent body, @Nullable String after, @Nullable DigestState before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompleteOutcome complete(
            BlobKey key, String handle, List<StoredPart> parts, Set<ExtraDigest> digests, @Nullable DigestState state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abandon(BlobKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeAbandoned() {}
}
