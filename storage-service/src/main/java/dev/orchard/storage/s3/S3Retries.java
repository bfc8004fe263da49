package dev.orchard.storage.s3;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.crt.http.HttpException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Which requests are tried again, and after how long: the SDK's standard strategy with the waits of the settings. */
final class S3Retries {
    private static final int THROTTLED = 10;

    /** An existence check is tried again three times, whatever else is. */
    private static final int EXISTENCE_ATTEMPTS = 4;

    private S3Retries() {}

    static StandardRetryStrategy standard(S3RetrySettings settings) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(settings.attempts())
                .backoffStrategy(BackoffStrategy.exponentialDelay(settings.firstDelay(), settings.longestDelay()))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(
                        settings.firstDelay().multipliedBy(THROTTLED), settings.longestDelay()))
                // An attempt that takes too long is cancelled, and what is heard of first may be that.
                .retryOnExceptionOrCauseInstanceOf(HttpException.class)
                .build();
    }

    /** For what is known to be there: a store that does not see it yet is asked again. */
    static StandardRetryStrategy untilThere(S3RetrySettings settings) {
        return standard(settings).toBuilder()
                .maxAttempts(EXISTENCE_ATTEMPTS)
                .retryOnException(
                        failure -> failure instanceof S3Exception refusal && refusal.statusCode() == S3Calls.NOT_FOUND)
                .build();
    }

    /** For what the caller tries again by itself. */
    static RetryStrategy none() {
        return AwsRetryStrategy.doNotRetry();
    }

    /** What makes one request be tried in another way than all others of its client. */
    static SdkPlugin by(RetryStrategy strategy) {
        return client -> client.overrideConfiguration(
                client.overrideConfiguration().copy(calls -> calls.retryStrategy(strategy)));
    }
}
