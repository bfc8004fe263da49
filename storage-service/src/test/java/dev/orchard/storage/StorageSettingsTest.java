package dev.orchard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StorageSettingsTest {
    @Test
    void meanTheFileSystemWhereTheySayNothing() {
        assertThat(bind(Map.of()).kind()).isEqualTo(StorageSettings.Kind.FILE_SYSTEM);
    }

    @Test
    void refuseAStoreThatThereIsNot() {
        assertThatThrownBy(() -> bind(Map.of("orchard.storage.kind", "tape"))).isInstanceOf(BindException.class);
    }

    private static StorageSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("orchard.storage", StorageSettings.class);
    }
}
