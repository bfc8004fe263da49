package dev.orchard.gateway;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where the other services are, who may come in, and the gateway's bounds.
 *
 * @param metadataUrl where the metadata service is
 * @param storageUrl where the storage service is
 * @param auditUrl where the audit service is
 * @param adminTokenFile holds the one token that opens every route
 * @param jsonLimit how large a JSON body of a client may be
 * @param uploadLimit how large an upload may be
 * @param directLimit below which size nothing is asked or kept before the bytes: what is refused then was sent in vain
 * @param partSize how large the parts of an upload in parts or over tus are, at least 5MB; larger where it would have more than
 *     10,000
 * @param completePatience how long the last step of an upload is tried again while the metadata service is away
 * @param assemblyTimeout how long another service may be silent over work that grows with what is stored
 * @param healthTimeout how long each service may take to say that it is ready
 * @param uploadDigests what the storage service computes beside SHA-256 and CRC32C: {@code sha1}, {@code md5}
 */
@Validated
@ConfigurationProperties("orchard.gateway")
public record GatewaySettings(
        @NotNull URI metadataUrl,
        @NotNull URI storageUrl,
        @NotNull URI auditUrl,
        @NotNull Path adminTokenFile,
        @DefaultValue("1MB") DataSize jsonLimit,
        @DefaultValue("5TB") DataSize uploadLimit,
        @DefaultValue("4MB") DataSize directLimit,
        @DefaultValue("8MB") DataSize partSize,
        @DefaultValue("15s") Duration completePatience,
        @DefaultValue("10m") Duration assemblyTimeout,
        @DefaultValue("2s") Duration healthTimeout,
        @DefaultValue Set<String> uploadDigests) {
    private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);

    /** S3 takes no smaller part but the last. */
    @AssertTrue(message = "part-size must be at least 5MB")
    public boolean isPartSizeLargeEnough() {
        return partSize.compareTo(SMALLEST_PART) >= 0;
    }
}
