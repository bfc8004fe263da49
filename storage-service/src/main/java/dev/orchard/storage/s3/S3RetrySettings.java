package dev.orchard.storage.s3;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often and for how long a request is tried. Tried again is what may go better: 5xx and 429, time-outs, connections
 * that fail; any other 4xx is not.
 *
 * @param attempts how often a request is sent at most
 * @param firstDelay what the wait before the second attempt is drawn from: 0 to this, and doubled for each further one;
 *     ten times as long where the store asks to slow down
 * @param longestDelay where the doubling ends
 * @param attemptTimeout how long one attempt may take, all bytes included; for a download, to its first byte, and how
 *     long it may be silent
 * @param completeTimeout how long it may take the store to put the parts of one object together
 */
record S3RetrySettings(
        @DefaultValue("4") @Positive int attempts,
        @DefaultValue("100ms") Duration firstDelay,
        @DefaultValue("10s") Duration longestDelay,
        @DefaultValue("1m") Duration attemptTimeout,
        @DefaultValue("10m") Duration completeTimeout) {}
