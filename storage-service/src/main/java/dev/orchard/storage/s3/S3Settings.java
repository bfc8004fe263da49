package dev.orchard.storage.s3;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;

/**
 * Which bucket, and how to reach it.
 *
 * @param endpoint where the store is; absent: AWS, in the region
 * @param linkEndpoint where clients reach it, if not there
 * @param region the region, as the request is signed for
 * @param bucket the bucket's name
 * @param accessKey with {@code secretKey} the credentials; absent: what the SDK finds in its environment
 * @param secretKey with {@code accessKey} the credentials
 * @param pathStyle whether the bucket's name goes into the path rather than the host name
 * @param partSize what fits into it is sent as one request; what does not, in parts of this size
 * @param parallelParts how many parts of one upload are in memory and on their way at most; the first waits for memory,
 *     the others are taken only while nobody waits
 * @param uploadMemory how much all uploads together may hold; absent: half of the heap
 * @param linkLifetime how long a link works
 * @param abandonedAfter how long after its start an unfinished upload is given up. It must be longer than any upload
 *     that is resumed again and again may take from its first part to its last: nothing in the bucket tells one that is
 *     still alive
 * @param requestChecksums whether the SDK adds its own checksums; not every store knows them
 * @param connections how many connections there are at most
 * @param retry what is done about requests that fail
 */
@Validated
@ConfigurationProperties("orchard.storage.s3")
record S3Settings(
        @Nullable URI endpoint,
        @Nullable URI linkEndpoint,
        @DefaultValue("us-east-1") String region,
        @NotBlank String bucket,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("8MB") DataSize partSize,
        @DefaultValue("4") @Positive int parallelParts,
        @Nullable DataSize uploadMemory,
        @DefaultValue("10m") Duration linkLifetime,
        @DefaultValue("30d") Duration abandonedAfter,
        @DefaultValue("when-required") RequestChecksumCalculation requestChecksums,
        @DefaultValue("256") int connections,
        @Valid @NestedConfigurationProperty @DefaultValue S3RetrySettings retry) {
    static final long SMALLEST_PART = DataSize.ofMegabytes(5).toBytes();

    @AssertTrue(message = "a part must have at least 5 MB, and less than 2 GB")
    boolean isPartSizeAllowed() {
        return partSize.toBytes() >= SMALLEST_PART && partSize.toBytes() < Integer.MAX_VALUE;
    }

    @AssertTrue(message = "an access key and a secret key come together")
    boolean isCredentialWhole() {
        return (accessKey == null) == (secretKey == null);
    }
}
