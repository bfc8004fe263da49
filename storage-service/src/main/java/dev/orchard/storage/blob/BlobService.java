package dev.orchard.storage.blob;

import dev.orchard.storage.blob.StoreFailedException.Kind;
import dev.orchard.storage.content.BlobContent;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** What can be done with blobs, measured by outcome, and the hourly cleaning after crashes. */
@Service
public class BlobService {
    private static final Logger log = LoggerFactory.getLogger(BlobService.class);

    private final BlobStore store;
    private final StoreCalls calls;

    BlobService(BlobStore store, StoreCalls calls) {
        this.store = store;
        this.calls = calls;
    }

    public WriteOutcome write(ObjectKey key, BlobContent content) throws StoreFailedException {
        var outcome = calls.timed("orchard.storage.write", Kind.UPLOAD, () -> store.write(key, content));
        calls.summedUp(content.summingTime());
        return outcome;
    }

    /** The time measured is the time until the first byte can be had; the rest is the reader's speed. */
    public ReadOutcome open(ObjectKey key, BlobRange range) throws StoreFailedException {
        return calls.timed("orchard.storage.read", Kind.DOWNLOAD, () -> store.open(key, range));
    }

    /** A blob that was opened broke off: the failure, counted, to be thrown if the answer has not begun. */
    public StoreFailedException brokeOff(IOException failure) {
        return calls.failed(Kind.DOWNLOAD, failure);
    }

    public OptionalLong findSize(ObjectKey key) throws StoreFailedException {
        return calls.retried(Kind.EXISTENCE_CHECK, () -> store.findSize(key));
    }

    public BlobPage list(@Nullable BlobKey after, int limit) throws StoreFailedException {
        return calls.call(Kind.LISTING, () -> store.list(after, limit));
    }

    void delete(BlobKey key) throws StoreFailedException {
        calls.call(Kind.DELETION, () -> {
            store.delete(key);
            return key;
        });
    }

    Optional<BlobLink> link(BlobKey key, String contentType, String contentDisposition) {
        return store.link(key, contentType, contentDisposition);
    }

    @Scheduled(fixedRateString = "PT1H")
    void removeAbandoned() {
        try {
            store.removeAbandoned();
        } catch (IOException e) {
            log.warn("what crashes left behind could not be removed; the next try is in an hour", e);
        }
    }
}
