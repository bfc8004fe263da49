package dev.orchard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(settings.uploadLimit()).isEqualTo(DataSize.ofTerabytes(5));
        assertThat(settings.directLimit()).isEqualTo(DataSize.ofMegabytes(4));
        assertThat(settings.partSize()).isEqualTo(DataSize.ofMegabytes(8));
        assertThat(settings.assemblyTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({"5, true", "4, false"})
    void wantsPartsThatS3Takes(long megabytes, boolean valid) {
        var url = URI.create("http://service");
        var settings = new GatewaySettings(
                url,
                url,
                url,
                Path.of("token"),
                DataSize.ofMegabytes(1),
                DataSize.ofTerabytes(5),
                DataSize.ofMegabytes(4),
                DataSize.ofMegabytes(megabytes),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Set.of());

        try (var validation = Validation.buildDefaultValidatorFactory()) {
            assertThat(validation.getValidator().validate(settings).isEmpty()).isEqualTo(valid);
        }
    }
}
