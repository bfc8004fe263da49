package dev.orchard.audit.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What the recount does where it is told only what it must be told. */
class SourceSettingsTest {
    @Test
    void needsOnlyTheWayToTheDatabase() {
        var given = new MapConfigurationPropertySource(Map.of(
                "orchard.audit.source.url", "jdbc:postgresql://database/orchard",
                "orchard.audit.source.username", "orchard_auditor",
                "orchard.audit.source.password", "secret"));
        var settings = new Binder(given)
                .bind("orchard.audit.source", SourceSettings.class)
                .get();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void healsWhatIsTenSecondsLate() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("orchard.audit.epochs", EpochSettings.class);
        assertThat(settings)
                .isEqualTo(new EpochSettings(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        true));
    }
}
