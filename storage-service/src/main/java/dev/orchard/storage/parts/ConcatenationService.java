package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobService;
import dev.orchard.storage.blob.StoreFailedException;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.ExtraDigest;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Writes a new blob of the bytes of others. */
@Service
class ConcatenationService {
    private final BlobService blobs;

    ConcatenationService(BlobService blobs) {
        this.blobs = blobs;
    }

    ConcatenationOutcome concatenate(BlobKey key, List<BlobKey> sources, Set<ExtraDigest> digests) throws IOException {
        long size = 0;
        for (BlobKey source : sources) {
            var found = blobs.findSize(source);
            if (found.isEmpty()) {
                return new ConcatenationOutcome.SourceMissing(source);
            }
            size += found.getAsLong();
        }
        var joined = new JoinedBlobs(blobs);
        try (var body = joined.body(sources)) {
            return outcome(joined, blobs.write(key, new BlobContent(body, OptionalLong.of(size), digests)));
        }
    }

    /** A body that broke is here no sender's fault: one of the blobs went meanwhile, or the store failed to give it out. */
    private ConcatenationOutcome outcome(JoinedBlobs joined, WriteOutcome write) throws StoreFailedException {
        if (!(write instanceof WriteOutcome.BodyBroken(String how))) {
            return new ConcatenationOutcome.Tried(write);
        }
        var missing = joined.missing();
        if (missing == null) {
            throw blobs.brokeOff(new IOException(how));
        }
        return new ConcatenationOutcome.SourceMissing(missing);
    }
}
