package dev.orchard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class GatewaySettingsTest {
    @Test
    void asksForAddressesAndATokenOnly() {
        var source = new MapConfigurationPropertySource(Map.of(
                "orchard.gateway.metadata-url", "http://metadata",
                "orchard.gateway.storage-url", "http://storage",
                "orchard.gateway.audit-url", "http://audit",
                "orchard.gateway.admin-token-file", "token"));

        var settings = new Binder(source)
                .bind("orchard.gateway", GatewaySettings.class)
                .get();

        assertThat(settings.jsonLimit()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(settings.completePatience()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.healthTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.uploadDigests()).isEmpty();
    }
}
