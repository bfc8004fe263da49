package dev.orchard.storage.blob;

import dev.orchard.storage.content.BlobContent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** What can be done with blobs, measured by outcome, and the hourly cleaning after crashes. */
@Service
class BlobService {
    private static final Logger log = LoggerFactory.getLogger(BlobService.class);

    private final BlobStore store;
    private final MeterRegistry meters;

    BlobService(BlobStore store, MeterRegistry meters) {
        this.store = store;
        this.meters = meters;
    }

    WriteOutcome write(ObjectKey key, BlobContent content) throws IOException {
        return timed("orchard.storage.write", () -> store.write(key, content));
    }

    /** The time measured is the time until the first byte can be had; the rest is the reader's speed. */
    ReadOutcome open(ObjectKey key, BlobRange range) throws IOException {
        return timed("orchard.storage.read", () -> store.open(key, range));
    }

    OptionalLong findSize(ObjectKey key) throws IOException {
        return store.findSize(key);
    }

    void delete(BlobKey key) throws IOException {
        store.delete(key);
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

    private <T> T timed(String name, Call<T> call) throws IOException {
        var sample = Timer.start(meters);
        String outcome = "Failed";
        try {
            T result = call.run();
            outcome = result.getClass().getSimpleName();
            return result;
        } finally {
            sample.stop(meters.timer(name, "outcome", outcome));
        }
    }

    private interface Call<T> {
        T run() throws IOException;
    }
}
