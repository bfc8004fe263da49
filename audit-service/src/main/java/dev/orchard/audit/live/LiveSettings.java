package dev.orchard.audit.live;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of live streams. How long a reader may take in nothing is {@code server.tomcat.connection-timeout}.
 *
 * @param poll how often the ledger's end is looked at while someone listens
 * @param heartbeat how long a stream is silent at most
 * @param retry how long a client should wait before it connects again
 * @param streams how many streams there may be at once
 */
@Validated
@ConfigurationProperties("orchard.audit.live")
record LiveSettings(
        @DefaultValue("100ms") Duration poll,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("1s") Duration retry,
        @DefaultValue("256") @Min(1) int streams) {}
