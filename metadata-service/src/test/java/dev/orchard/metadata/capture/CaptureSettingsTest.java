package dev.orchard.metadata.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How the event log is captured where only the necessary is said. */
class CaptureSettingsTest {
    @Test
    void readsDatabaseOrchardAsTheCaptureRole() {
        var source = new MapConfigurationPropertySource(Map.of(
                "orchard.capture.connect-url", "http://connect",
                "orchard.capture.database-host", "db",
                "orchard.capture.database-password", "secret"));
        var settings = new Binder(source)
                .bind("orchard.capture", CaptureSettings.class)
                .get();

        assertThat(settings)
                .isEqualTo(new CaptureSettings(
                        URI.create("http://connect"), "db", 5432, "orchard", "orchard_capture", "secret"));
    }
}
