package dev.orchard.metadata.collection;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When what is collected.
 *
 * @param interval how long after one collection the next begins
 * @param grace how long nothing must have referred to an artifact
 * @param orphanInterval how often the store is searched for objects that no row knows
 * @param orphanAge how old such an object must be: much longer than any clock is wrong
 */
@Validated
@ConfigurationProperties("orchard.metadata.collection")
public record CollectionSettings(
        @DefaultValue("10m") Duration interval,
        @DefaultValue("7d") Duration grace,
        @DefaultValue("24h") Duration orphanInterval,
        @DefaultValue("48h") Duration orphanAge) {
    @AssertTrue(message = "the grace period cannot be negative")
    boolean isGraceAllowed() {
        return !grace.isNegative();
    }

    @AssertTrue(message = "an orphan is at least 10 s old")
    boolean isOrphanAgeAllowed() {
        return orphanAge.compareTo(Duration.ofSeconds(10)) >= 0;
    }

    /**
     * How old a key may be that its sender made: half of what makes its object an orphan, so that none is recorded that
     * may be on its way to deletion. For as long, the keys of deleted objects stay known.
     */
    public Duration directAge() {
        return orphanAge.dividedBy(2);
    }
}
