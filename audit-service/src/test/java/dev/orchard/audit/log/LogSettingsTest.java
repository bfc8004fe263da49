package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LogSettingsTest {
    @Test
    void needsOnlyAStoreAndAPlaceForTheKey() {
        var given = new MapConfigurationPropertySource(Map.of(
                "orchard.audit.log.storage-url", "http://storage:8080",
                "orchard.audit.log.key-file", "/keys/log-key"));

        var settings =
                new Binder(given).bind("orchard.audit.log", LogSettings.class).get();

        assertThat(settings.origin()).isNull();
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.idleInterval()).isEqualTo(Duration.ofMinutes(10));
    }
}
