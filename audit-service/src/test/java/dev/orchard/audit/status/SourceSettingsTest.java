package dev.orchard.audit.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

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
        assertThat(settings.settledAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(10));
    }
}
