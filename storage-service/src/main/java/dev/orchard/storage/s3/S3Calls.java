package dev.orchard.storage.s3;

import java.io.IOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells a store that is away for now, after the SDK's own retries, or has lost its bucket, from one that refuses. */
final class S3Calls {
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    static final int RANGE_NOT_SATISFIABLE = 416;
    static final int INSUFFICIENT_STORAGE = 507;

    private S3Calls() {}

    static <T> T call(Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (SdkClientException | NoSuchBucketException e) {
            throw new IOException(e);
        } catch (S3Exception e) {
            if (e.statusCode() >= 500 && e.statusCode() != INSUFFICIENT_STORAGE) {
                throw new IOException(e);
            }
            throw e;
        }
    }
}
