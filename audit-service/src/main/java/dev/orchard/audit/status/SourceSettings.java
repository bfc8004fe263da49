package dev.orchard.audit.status;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where events are logged first: the metadata database, read as the role {@code orchard_auditor}.
 *
 * @param settledAfter how old an event must be before its lack in the ledger is more than the way that it has to go
 * @param patience how long an answer from there may take
 */
@Validated
@ConfigurationProperties("orchard.audit.source")
record SourceSettings(
        @NotBlank String url,
        @NotBlank String username,
        @NotBlank String password,
        @DefaultValue("5s") Duration settledAfter,
        @DefaultValue("10s") Duration patience) {}
