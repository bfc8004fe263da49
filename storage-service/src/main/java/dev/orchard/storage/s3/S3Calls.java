package dev.orchard.storage.s3;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Waits for answers, and tells a store that is away for now, after all retries, or lost its bucket, from one that refuses. */
final class S3Calls {
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    static final int RANGE_NOT_SATISFIABLE = 416;
    static final int INSUFFICIENT_STORAGE = 507;

    private static final String DAMAGED_ON_THE_WAY = "BadDigest";

    private S3Calls() {}

    /**
     * Blocks, which costs a virtual thread nothing.
     *
     * @throws IOException if trying again later may help
     * @throws S3Exception if the store refuses
     */
    static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw translated(e.getCause() == null ? e : e.getCause());
        }
    }

    static boolean is(S3Exception refusal, String code) {
        return code.equals(code(refusal));
    }

    private static IOException translated(Throwable failure) {
        return switch (failure) {
            case SdkClientException _, NoSuchBucketException _ -> new IOException(failure);
            case S3Exception refused when refused.statusCode() == INSUFFICIENT_STORAGE -> throw refused;
            case S3Exception refused when refused.statusCode() >= 500 -> new IOException(refused);
            case S3Exception refused when is(refused, DAMAGED_ON_THE_WAY) -> new IOException(refused);
            case RuntimeException other -> throw other;
            case Error error -> throw error;
            default -> new IOException(failure);
        };
    }

    private static String code(S3Exception refusal) {
        var details = refusal.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }
}
