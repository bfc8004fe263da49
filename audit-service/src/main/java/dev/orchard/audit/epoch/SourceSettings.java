package dev.orchard.audit.epoch;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where events are logged first: the metadata database, the primary, read as the role {@code orchard_auditor}.
 *
 * @param url as JDBC takes it
 * @param username the role
 * @param password the role's password
 * @param timeout how long an answer from there may take
 */
@Validated
@ConfigurationProperties("orchard.audit.source")
record SourceSettings(
        @NotBlank String url,
        @NotBlank String username,
        @NotBlank String password,
        @DefaultValue("30s") Duration timeout) {}
