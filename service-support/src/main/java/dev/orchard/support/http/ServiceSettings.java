package dev.orchard.support.http;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this service calls the others and knows them.
 *
 * @param tokenFile holds the secret that all services of one Orchard share
 * @param connectTimeout how long a connection to another service may take
 * @param responseTimeout how long another service may be silent
 * @param connections how many connections are kept to each service at most
 * @param leaveTime how long requests are still taken after the order to stop: more than a second where there are replicas,
 *     and longer than it takes until new connections go to the others
 */
@Validated
@ConfigurationProperties("orchard.service")
public record ServiceSettings(
        @NotNull Path tokenFile,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("60s") Duration responseTimeout,
        @DefaultValue("256") int connections,
        @DefaultValue("0s") Duration leaveTime) {}
