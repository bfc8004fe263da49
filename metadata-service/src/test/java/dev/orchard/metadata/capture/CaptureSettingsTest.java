package dev.orchard.metadata.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How the event log is captured where only the necessary is said. */
class CaptureSettingsTest {
    @Test
    void readsDatabaseOrchardAsTheCaptureRole() {
        var settings = settings(Map.of());

        assertThat(settings)
                .isEqualTo(new CaptureSettings(
                        URI.create("http://connect"), "db", 5432, "orchard", "orchard_capture", "secret", null));
        assertThat(settings.connectPassword()).isEqualTo("secret");
    }

    @Test
    void tellsConnectOnlyWhereThePasswordIsWhereItCanReadItItself() {
        var settings = settings(Map.of("orchard.capture.connect-password-file", "/run/secrets/orchard_capture"));

        assertThat(settings.connectPassword()).isEqualTo("${directory:/run/secrets:orchard_capture}");
    }

    private static CaptureSettings settings(Map<String, String> further) {
        var all = new HashMap<>(further);
        all.put("orchard.capture.connect-url", "http://connect");
        all.put("orchard.capture.database-host", "db");
        all.put("orchard.capture.database-password", "secret");
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("orchard.capture", CaptureSettings.class)
                .get();
    }
}
