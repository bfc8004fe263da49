package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.StoreCalls;
import dev.orchard.storage.blob.StoreFailedException;
import dev.orchard.storage.blob.StoreFailedException.Kind;
import dev.orchard.storage.content.BlobContent;
import dev.orchard.storage.content.DigestState;
import dev.orchard.storage.content.ExtraDigest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** What can be done with blobs that come in parts, measured by outcome, and the hourly removal of what nobody ended. */
@Service
class PartService {
    private static final Logger log = LoggerFactory.getLogger(PartService.class);

    private final PartStore store;
    private final StoreCalls calls;

    PartService(PartStore store, StoreCalls calls) {
        this.store = store;
        this.calls = calls;
    }

    String begin(BlobKey key) throws StoreFailedException {
        return calls.call(Kind.UPLOAD, () -> store.begin(key));
    }

    PartOutcome write(PartAddress part, BlobContent body, @Nullable String after, @Nullable DigestState before)
            throws StoreFailedException {
        return calls.timed("orchard.storage.part", Kind.UPLOAD, () -> store.write(part, body, after, before));
    }

    /** A number that is left out below the last is a part that is missing. */
    CompleteOutcome complete(
            BlobKey key, String handle, List<StoredPart> parts, Set<ExtraDigest> digests, @Nullable DigestState state)
            throws StoreFailedException {
        var missing = leftOut(parts);
        return missing.isEmpty()
                ? calls.timed(
                        "orchard.storage.complete",
                        Kind.UPLOAD,
                        () -> store.complete(key, handle, parts, digests, state))
                : new CompleteOutcome.Missing(missing);
    }

    void abandon(BlobKey key) throws StoreFailedException {
        calls.call(Kind.DELETION, () -> {
            store.abandon(key);
            return key;
        });
    }

    @Scheduled(fixedRateString = "PT1H")
    void removeAbandoned() {
        try {
            store.removeAbandoned();
        } catch (IOException e) {
            log.warn("the parts of uploads that nobody ended could not be removed; the next try is in an hour", e);
        }
    }

    private static List<Integer> leftOut(List<StoredPart> parts) {
        Set<Integer> there = parts.stream().map(StoredPart::part).collect(Collectors.toSet());
        return IntStream.rangeClosed(1, parts.isEmpty() ? 0 : parts.getLast().part())
                .boxed()
                .filter(number -> !there.contains(number))
                .toList();
    }
}
