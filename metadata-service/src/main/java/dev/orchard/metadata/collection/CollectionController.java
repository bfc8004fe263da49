package dev.orchard.metadata.collection;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /admin/gc}: a collection now, or what it would take. */
@RestController
class CollectionController {
    private final CollectionService collection;

    CollectionController(CollectionService collection) {
        this.collection = collection;
    }

    /** @param dryRun whether only to tell what would be taken */
    record CollectionRequest(@Nullable Boolean dryRun) {}

    @PostMapping("/api/v1/admin/gc")
    CollectionReport collect(@RequestBody(required = false) @Nullable CollectionRequest request) {
        boolean dry = request != null && Boolean.TRUE.equals(request.dryRun());
        return dry ? collection.dryRun() : collection.run();
    }
}
