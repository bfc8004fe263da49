package dev.orchard.metadata.tag;

import dev.orchard.metadata.tag.TagOutcome.ConditionFailed;
import dev.orchard.metadata.tag.TagOutcome.Created;
import dev.orchard.metadata.tag.TagOutcome.Moved;
import dev.orchard.metadata.tag.TagOutcome.Unchanged;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Reads tags, and points them at artifacts within a transaction of the caller's. */
@Service
public class TagService {
    private final PostgresTagStore store;

    TagService(PostgresTagStore store) {
        this.store = store;
    }

    Page<Tag> list(ProjectName project, PackageName packageName, PageRequest page) {
        return Page.of(
                store.list(project, packageName, page), page, tag -> tag.name().value());
    }

    Optional<Tag> find(TagAddress address) {
        return store.find(address);
    }

    Page<TagChange> history(TagAddress address, PageRequest page) {
        return Page.of(store.history(address, page), page, change -> Long.toString(change.id()));
    }

    /** Whether the tag is now as the condition demands; a later change can still be refused. */
    public TagOutcome check(TagAddress address, TagCondition condition) {
        Optional<Sha256> present = store.find(address).map(Tag::artifactId);
        return condition.allows(present) ? new Unchanged() : new ConditionFailed(present);
    }

    /**
     * An artifact under the name and type that the tag gives it already; else under those that it was last uploaded with,
     * in this package if ever, else anywhere.
     */
    TagTarget named(TagAddress address, Sha256 artifact) {
        return store.lock(address)
                .filter(present -> present.artifactId().equals(artifact))
                .orElseGet(() -> store.lastName(address, artifact));
    }

    /** Points a tag at a target, within a transaction of the caller's that holds the tag's package. */
    public TagOutcome point(TagAddress address, TagTarget target, TagCondition condition) {
        while (true) {
            Optional<TagTarget> present = store.lock(address);
            if (!condition.allows(present.map(TagTarget::artifactId))) {
                return new ConditionFailed(present.map(TagTarget::artifactId));
            }
            if (present.isPresent()) {
                return move(address, present.get(), target);
            }
            if (store.insert(address, target)) {
                return new Created();
            }
            // Another transaction made the tag in between: look again.
        }
    }

    /** Deletes a tag, within a transaction of the caller's. */
    TagOutcome delete(TagAddress address, TagCondition condition) {
        Optional<Sha256> present = store.lock(address).map(TagTarget::artifactId);
        if (present.isEmpty()) {
            return new TagOutcome.NoTag();
        }
        if (!condition.allows(present)) {
            return new ConditionFailed(present);
        }
        store.delete(address);
        return new TagOutcome.Deleted();
    }

    private TagOutcome move(TagAddress address, TagTarget from, TagTarget to) {
        if (!from.equals(to)) {
            store.update(address, to);
        }
        return from.artifactId().equals(to.artifactId()) ? new Unchanged() : new Moved(from.artifactId());
    }
}
