package dev.orchard.gateway.resumable;

import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** How what can go wrong with an upload in parts is told, by either protocol. */
public final class CompletionProblems {
    private CompletionProblems() {}

    /** Of an outcome that is no success. */
    public static ProblemException of(CompletionOutcome outcome) {
        return switch (outcome) {
            case CompletionOutcome.Incomplete incomplete ->
                new ProblemException(ProblemType.UPLOAD_INCOMPLETE, "Parts are missing, or shorter than they must be.")
                        .with("missing", incomplete.missing());
            case CompletionOutcome.DigestMismatch mismatch -> mismatch(mismatch.declared(), mismatch.actual());
            case CompletionOutcome.Refused refused -> refused.refusal().problem();
            case CompletionOutcome.Gone gone -> gone();
            case CompletionOutcome.StorageFull full -> full();
            case CompletionOutcome.StorageUnavailable(var why) ->
                unavailable(why, "The upload could not be completed and is as it was; complete it again.");
            case CompletionOutcome.Unsettled unsettled ->
                unavailable("Whether the upload was recorded is not known; completing it again is safe.");
            case CompletionOutcome.Recorded recorded -> throw new IllegalArgumentException("a success is no problem");
            case CompletionOutcome.Assembled assembled -> throw new IllegalArgumentException("a success is no problem");
        };
    }

    public static ProblemException mismatch(Sha256 declared, Sha256 actual) {
        return new ProblemException(
                        ProblemType.DIGEST_MISMATCH,
                        "Declared was " + declared + ", sent was " + actual + "; nothing was kept.")
                .with("declared_sha256", declared)
                .with("actual_sha256", actual);
    }

    public static ProblemException gone() {
        return new ProblemException(ProblemType.UPLOAD_NOT_FOUND, "It was never begun, given up, or took too long.");
    }

    public static ProblemException full() {
        return new ProblemException(ProblemType.STORAGE_FULL, "The upload is as it was before these bytes.");
    }

    public static ProblemException completed() {
        return new ProblemException(ProblemType.UPLOAD_CONFLICT, "The upload is completed.");
    }

    /** @param why the problem of the service behind, if it said one: what kind it is, is told on */
    public static ProblemException unavailable(@Nullable Refusal why, String detail) {
        return why == null
                ? unavailable(detail)
                : new ProblemException(why.type(), detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
    }

    public static ProblemException unavailable(String detail) {
        return new ProblemException(ProblemType.SERVICE_UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
    }
}
