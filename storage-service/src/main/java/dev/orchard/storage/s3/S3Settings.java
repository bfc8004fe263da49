package dev.orchard.storage.s3;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;

/**
 * Which bucket, and how to reach it.
 *
 * @param endpoint where the store is; absent: AWS, in the region
 * @param linkEndpoint where clients reach it, if not there
 * @param accessKey with {@code secretKey} the credentials; absent: what the SDK finds in its environment
 * @param pathStyle whether the bucket's name goes into the path rather than the host name
 * @param partSize how much of one upload is held in memory and sent at once
 * @param uploadMemory how much all uploads together may hold; absent: half of the heap
 * @param linkLifetime how long a link works
 * @param abandonedAfter how long after its start an unfinished write is given up: longer than any write takes
 * @param requestChecksums whether the SDK adds its own checksums; not every store knows them
 * @param connections how many connections are kept at most
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
        @Nullable DataSize uploadMemory,
        @DefaultValue("10m") Duration linkLifetime,
        @DefaultValue("24h") Duration abandonedAfter,
        @DefaultValue("when-required") RequestChecksumCalculation requestChecksums,
        @DefaultValue("256") int connections) {
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
