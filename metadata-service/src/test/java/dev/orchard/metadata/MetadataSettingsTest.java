package dev.orchard.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What the metadata service does where it is told only what it must be told. */
class MetadataSettingsTest {
    @Test
    void givesAnUploadADayTriesADeletionAgainAfterAMinuteClosesAnEpochEveryFiveSecondsAndAddsUpEveryFiveMinutes() {
        var source = new MapConfigurationPropertySource(Map.of("orchard.metadata.storage-url", "http://storage"));
        var settings = new Binder(source)
                .bind("orchard.metadata", MetadataSettings.class)
                .get();

        assertThat(settings)
                .isEqualTo(new MetadataSettings(
                        URI.create("http://storage"),
                        Duration.ofHours(24),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5)));
    }
}
