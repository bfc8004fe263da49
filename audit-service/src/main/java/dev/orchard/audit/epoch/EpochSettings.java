package dev.orchard.audit.epoch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is recounted.
 *
 * @param checkInterval how often what arrived is looked through
 * @param followInterval how often the database is asked for epochs whose markers have not arrived
 * @param patience how old an epoch is when what it lacks is fetched by SQL
 * @param stale how old the last closed epoch may be before the trail is no longer called complete
 * @param heal whether what lacks is fetched, and what the database does not know is disclaimed; otherwise both are only
 *     reported
 */
@ConfigurationProperties("orchard.audit.epochs")
record EpochSettings(
        @DefaultValue("500ms") Duration checkInterval,
        @DefaultValue("1s") Duration followInterval,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("1m") Duration stale,
        @DefaultValue("true") boolean heal) {}
