package dev.orchard.metadata.fsck;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How a check of the whole is run.
 *
 * @param rate how many bytes a second are read for digests, unless the request says otherwise
 * @param deadAfter how long a job may show no life before it counts as failed, and another may begin
 */
@ConfigurationProperties("orchard.metadata.fsck")
record FsckSettings(
        @DefaultValue("100MB") DataSize rate,
        @DefaultValue("2m") Duration deadAfter) {}
