package dev.orchard.metadata.upload;

import dev.orchard.metadata.packages.PackageService;
import dev.orchard.metadata.tag.TagAddress;
import dev.orchard.metadata.tag.TagCondition;
import dev.orchard.metadata.tag.TagOutcome;
import dev.orchard.metadata.tag.TagService;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks before an upload whether it can be refused already, and after it what was recorded. */
@Component
public class UploadLookup {
    private final PostgresUploadStore store;
    private final PackageService packages;
    private final TagService tags;

    UploadLookup(PostgresUploadStore store, PackageService packages, TagService tags) {
        this.store = store;
        this.packages = packages;
        this.tags = tags;
    }

    /** Why an upload to this place would be refused now; empty if it would not. */
    public Optional<UploadOutcome> check(
            ProjectName project, PackageName packageName, Optional<TagAddress> address, TagCondition condition) {
        if (!packages.exists(project, packageName)) {
            return Optional.of(new UploadOutcome.NoPackage());
        }
        return address.flatMap(tag -> unmet(tags.check(tag, condition)));
    }

    public Optional<UploadAnswer> find(UUID uploadId) {
        return store.find(uploadId);
    }

    private static Optional<UploadOutcome> unmet(TagOutcome outcome) {
        return outcome instanceof TagOutcome.ConditionFailed failed
                ? Optional.of(new UploadOutcome.ConditionFailed(failed.present()))
                : Optional.empty();
    }
}
