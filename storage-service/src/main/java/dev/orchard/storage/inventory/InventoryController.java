package dev.orchard.storage.inventory;

import dev.orchard.storage.blob.BlobAnswer;
import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.BlobPage;
import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the store holds, over HTTP ({@code docs/services.md}). */
@RestController
@RequestMapping("/blobs")
final class InventoryController {
    private static final int MOST = 1000;

    private final InventoryService inventory;

    InventoryController(InventoryService inventory) {
        this.inventory = inventory;
    }

    /** A page of blobs, and the key to ask for the next one with. */
    record BlobList(List<Item> items, @Nullable String next) {
        record Item(String key, long size, Instant writtenAt) {}

        static BlobList of(BlobPage page) {
            var items = page.blobs().stream()
                    .map(blob -> new Item(blob.key().id().toString(), blob.size(), blob.writtenAt()))
                    .toList();
            return new BlobList(items, page.more() ? items.getLast().key() : null);
        }
    }

    /** The keys whose sizes are asked for. */
    record SizesRequest(@Nullable List<String> keys) {}

    /** The sizes of those that are there, by key. */
    record Sizes(Map<String, Long> sizes) {}

    @GetMapping
    BlobList list(
            @RequestParam(required = false) @Nullable BlobKey after, @RequestParam(defaultValue = "" + MOST) int limit)
            throws IOException {
        if (limit < 1 || limit > MOST) {
            throw new InvalidValueException("limit", "must be from 1 to " + MOST);
        }
        return BlobList.of(inventory.list(after, limit));
    }

    @PostMapping("/sizes")
    Sizes sizes(@RequestBody SizesRequest request) throws IOException {
        if (request.keys() == null || request.keys().size() > MOST) {
            throw new InvalidValueException("keys", "must be a list of at most " + MOST);
        }
        var keys = request.keys().stream().map(BlobKey::of).distinct().toList();
        Map<String, Long> sizes = new TreeMap<>();
        inventory.sizes(keys).forEach((key, size) -> sizes.put(key.id().toString(), size));
        return new Sizes(sizes);
    }

    @GetMapping("/{key}/checksums")
    BlobAnswer checksums(@PathVariable BlobKey key, @RequestParam(defaultValue = "0") long rate) throws IOException {
        if (rate < 0) {
            throw new InvalidValueException("rate", "must not be negative");
        }
        return switch (inventory.sumUp(key, rate)) {
            case SumOutcome.Summed(long size, var sums) -> BlobAnswer.of(key, size, sums);
            case SumOutcome.Missing() ->
                throw new ProblemException(ProblemType.BLOB_NOT_FOUND, "No blob has this key.");
        };
    }
}
