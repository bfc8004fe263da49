package dev.orchard.storage.blob;

import dev.orchard.storage.content.BlobContent;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blobs and the pieces of the transparency log, each under a key that is used for one write; what is said of a
 * blob holds for both, but only blobs can be removed. All sizes are bytes. Calls may come at the same time, from
 * several replicas too, and calls about different keys never meet. Every method throws {@link IOException} when the
 * store fails: a {@link StoreFailedException} where it has a kind that only the store can tell, and the service adds the
 * kind to any other.
 */
public interface BlobStore {
    /**
     * Keeps the content under the key. When {@link WriteOutcome.Written} is returned, the blob is durable: it outlives a
     * crash of this process, of the machine, and of the network. A blob is seen whole or not at all, and is never
     * replaced: of several writes to one key at most one succeeds. With every other outcome and every exception nothing
     * is kept, but for one case: where the store's own answer was lost, the blob may be there, and deleting the key
     * removes it. Memory is bounded however long the content is.
     */
    WriteOutcome write(ObjectKey key, BlobContent content) throws IOException;

    /** Opens a blob, or a part of it, for reading. */
    ReadOutcome open(ObjectKey key, BlobRange range) throws IOException;

    /** The size of a blob. */
    OptionalLong findSize(ObjectKey key) throws IOException;

    /**
     * The blobs in the order of their keys, a page at a time: those that were there all the while it is asked for page
     * after page, and of those that come or go meanwhile some. Neither unfinished writes nor pieces of the log are among
     * them.
     *
     * @param after the last key of the page before; null for the first page
     * @param limit how many blobs at most
     */
    BlobPage list(@Nullable BlobKey after, int limit) throws IOException;

    /** Removes a blob for good, durably. A key without a blob is a success; so it may be called again. */
    void delete(BlobKey key) throws IOException;

    /**
     * An address at which the blob can be read directly; empty where this store has none. Whether the blob exists is not
     * asked.
     *
     * @param contentType the {@code Content-Type} with which the store shall answer there
     * @param contentDisposition the {@code Content-Disposition} with which it shall
     */
    Optional<BlobLink> link(BlobKey key, String contentType, String contentDisposition);

    /**
     * Removes what writes left behind that a crash had ended, once it is old enough that no writer can still be at it.
     * Blobs are never touched. May be called at any time, and by several replicas at once.
     */
    void removeAbandoned() throws IOException;

    /** Returns if a write can be expected to succeed now, and throws if not; cheap enough to be asked every second. */
    void probe() throws IOException;
}
