package dev.orchard.metadata.tag;

import dev.orchard.support.naming.Sha256;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** For controllers: what a client is told when a tag is not there, or not as the request expects it. */
public final class TagProblems {
    private TagProblems() {}

    static ProblemException missing(TagAddress address) {
        return new ProblemException(ProblemType.TAG_NOT_FOUND, "There is no tag " + address + ".");
    }

    /** 412 with the present digest, in the document and as {@code ETag}. */
    public static ProblemException conditionFailed(Optional<Sha256> present) {
        if (present.isEmpty()) {
            return new ProblemException(ProblemType.PRECONDITION_FAILED, "There is no such tag.");
        }
        Sha256 digest = present.get();
        return new ProblemException(ProblemType.PRECONDITION_FAILED, "The tag points at " + digest + ".")
                .with("present_artifact_id", digest)
                .withHeader(HttpHeaders.ETAG, digest.asEntityTag());
    }
}
