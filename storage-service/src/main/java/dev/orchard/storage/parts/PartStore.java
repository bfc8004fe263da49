package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.content.ExtraDigest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the parts of blobs that are not whole yet, and makes them blobs. It remembers nothing but bytes: which parts an
 * upload has, their order and which write of a part counts is what its caller knows. Sizes are bytes. Calls may come at
 * the same time, for the same part too, and from several replicas: every write of a part is a physical write of its own,
 * with an id of its own, that no later write changes. Every method throws {@link IOException} when the store fails.
 */
public interface PartStore {
    /**
     * Makes ready for the parts of a blob, durably. What it answers is handed to every later call.
     *
     * @return the store's own name for the upload; empty where it needs none
     */
    String begin(BlobKey key) throws IOException;

    /**
     * Keeps a part. When {@link PartOutcome.Stored} is returned it is durable; with every other outcome nothing is kept.
     * Less than {@link PartAddress#whole} is kept too: it can be continued, or be the last part.
     *
     * @param after the id of what there is of this part already: the body continues it. The continued part has a new
     *     id and holds both; what {@code after} names stays as it is
     * @param before the digest over all bytes of the upload before the body's first; null where that is not known
     */
    PartOutcome write(PartAddress part, BlobContent body, @Nullable String after, @Nullable DigestState before)
            throws IOException;

    /**
     * Makes the parts, in their order, the blob of the upload's key, durable as any blob when it returns. The digests are
     * of the bytes as they are kept. Idempotent: where the blob is there already, it is what is answered for.
     *
     * @param state the digest over all bytes, where it is known: then a store that would have to read them over the
     *     network does not
     */
    CompleteOutcome complete(
            BlobKey key, String handle, List<StoredPart> parts, Set<ExtraDigest> digests, @Nullable DigestState state)
            throws IOException;

    /** Removes all parts of an upload, durably, and what is written to it later is refused; the blob stays. Idempotent. */
    void abandon(BlobKey key) throws IOException;

    /** Removes the parts of uploads that nobody has touched for longer than any upload may take. */
    void removeAbandoned() throws IOException;
}
