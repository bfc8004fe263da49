package dev.orchard.metadata.tag;

import dev.orchard.metadata.artifact.ArtifactService;
import dev.orchard.metadata.database.Transactions;
import dev.orchard.metadata.packages.PackageService;
import dev.orchard.metadata.tag.TagOutcome.NoArtifact;
import dev.orchard.metadata.tag.TagOutcome.NoPackage;
import dev.orchard.support.naming.Sha256;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Sets and deletes tags by hand, each in a transaction of its own. */
@Service
class TaggingService {
    private final TagService tags;
    private final PackageService packages;
    private final ArtifactService artifacts;
    private final Transactions transactions;

    TaggingService(TagService tags, PackageService packages, ArtifactService artifacts, Transactions transactions) {
        this.tags = tags;
        this.packages = packages;
        this.artifacts = artifacts;
        this.transactions = transactions;
    }

    /** What came of it, with the tag as this change left it: the next change may come before anybody looks again. */
    record Put(TagOutcome outcome, Optional<Tag> tag) {}

    /** Points a tag at an artifact that is there already. */
    Put put(TagAddress address, Sha256 artifact, TagCondition condition) {
        return transactions.write(() -> {
            TagOutcome outcome = point(address, artifact, condition);
            return new Put(outcome, tags.find(address));
        });
    }

    TagOutcome delete(TagAddress address, TagCondition condition) {
        return transactions.write(() -> packages.hold(address.project(), address.packageName())
                ? tags.delete(address, condition)
                : new NoPackage());
    }

    private TagOutcome point(TagAddress address, Sha256 artifact, TagCondition condition) {
        if (!packages.hold(address.project(), address.packageName())) {
            return new NoPackage();
        }
        if (!artifacts.hold(artifact)) {
            return new NoArtifact();
        }
        return tags.point(address, tags.named(address, artifact), condition);
    }
}
