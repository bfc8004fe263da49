package dev.orchard.metadata.tag;

import dev.orchard.support.naming.Sha256;
import java.util.Optional;

/** What comes of pointing a tag at an artifact, or of deleting it. */
public sealed interface TagOutcome {
    /** There was no such tag before. */
    record Created() implements TagOutcome {}

    record Moved(Sha256 from) implements TagOutcome {}

    /** It pointed there already. */
    record Unchanged() implements TagOutcome {}

    record Deleted() implements TagOutcome {}

    /** The condition does not hold of what the tag points at now, if there is one. */
    record ConditionFailed(Optional<Sha256> present) implements TagOutcome {}

    record NoPackage() implements TagOutcome {}

    record NoTag() implements TagOutcome {}

    record NoArtifact() implements TagOutcome {}
}
