package dev.orchard.gateway;

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
 * @param adminTokenFile holds the one token that opens every route
 * @param jsonLimit how large a JSON body of a client may be
 * @param completePatience how long the last step of an upload is tried again while the metadata service is away
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
        @DefaultValue("15s") Duration completePatience,
        @DefaultValue("2s") Duration healthTimeout,
        @DefaultValue Set<String> uploadDigests) {}
