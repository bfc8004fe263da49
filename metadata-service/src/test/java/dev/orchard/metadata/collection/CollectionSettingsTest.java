package dev.orchard.metadata.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** When garbage is collected where nobody says it. */
class CollectionSettingsTest {
    @Test
    void waitsAWeekForATagAndTwoDaysForARow() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("orchard.metadata.collection", CollectionSettings.class);

        assertThat(settings)
                .isEqualTo(new CollectionSettings(
                        Duration.ofMinutes(10), Duration.ofDays(7), Duration.ofDays(1), Duration.ofDays(2)));
        assertThat(settings.directAge()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.isOrphanAgeAllowed()).isTrue();
    }
}
