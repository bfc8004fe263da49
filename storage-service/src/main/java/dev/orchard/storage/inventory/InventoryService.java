package dev.orchard.storage.inventory;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobPage;
import dev.orchard.storage.blob.BlobRange;
import dev.orchard.storage.blob.BlobService;
import dev.orchard.storage.blob.OpenBlob;
import dev.orchard.storage.blob.ReadOutcome;
import dev.orchard.storage.blob.StoreCalls;
import dev.orchard.storage.blob.StoreFailedException;
import dev.orchard.storage.blob.StoreFailedException.Kind;
import dev.orchard.storage.content.BlobContent;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells what the store holds, and reads it again. */
@Service
class InventoryService {
    /** So many sizes are asked for at once: enough to hide a network, and few enough for the store. */
    private static final int AT_ONCE = 16;

    private final BlobService blobs;
    private final StoreCalls calls;

    InventoryService(BlobService blobs, StoreCalls calls) {
        this.blobs = blobs;
        this.calls = calls;
    }

    BlobPage list(@Nullable BlobKey after, int limit) throws StoreFailedException {
        return blobs.list(after, limit);
    }

    /** The sizes of those blobs that are there. */
    Map<BlobKey, Long> sizes(List<BlobKey> keys) throws StoreFailedException {
        Map<BlobKey, Long> sizes = new HashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shares = IntStream.range(0, Math.min(AT_ONCE, keys.size()))
                    .mapToObj(first -> threads.submit(share(keys, first)))
                    .toList();
            for (Future<Map<BlobKey, Long>> share : shares) {
                sizes.putAll(share.get());
            }
            return sizes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailedException(Kind.EXISTENCE_CHECK, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreFailedException failure
                    ? failure
                    : new StoreFailedException(Kind.EXISTENCE_CHECK, e);
        }
    }

    /** Reads a blob, all of it, at so many bytes a second at most; 0: as fast as it goes. */
    SumOutcome sumUp(BlobKey key, long rate) throws StoreFailedException {
        return switch (blobs.open(key, new BlobRange.Whole())) {
            case ReadOutcome.Opened(OpenBlob blob) -> calls.call(Kind.HASH_COMPUTATION, () -> sumUp(blob, rate));
            case ReadOutcome.Missing() -> new SumOutcome.Missing();
            case ReadOutcome.OutOfRange(long size) ->
                throw new IllegalStateException("the whole of " + size + " bytes");
        };
    }

    private static SumOutcome sumUp(OpenBlob opened, long rate) throws IOException {
        try (opened) {
            var content = new BlobContent(
                    opened.stream(), OptionalLong.of(opened.slice().size()), Set.of());
            var throttle = new Throttle(rate);
            byte[] buffer = new byte[throttle.step()];
            int count;
            do {
                count = content.fill(buffer);
                throttle.pass(count);
            } while (count == buffer.length);
            return new SumOutcome.Summed(content.length(), content.checksums());
        }
    }

    private Callable<Map<BlobKey, Long>> share(List<BlobKey> keys, int first) {
        return () -> {
            Map<BlobKey, Long> sizes = new HashMap<>();
            for (int i = first; i < keys.size(); i += AT_ONCE) {
                BlobKey key = keys.get(i);
                blobs.findSize(key).ifPresent(size -> sizes.put(key, size));
            }
            return sizes;
        };
    }
}
