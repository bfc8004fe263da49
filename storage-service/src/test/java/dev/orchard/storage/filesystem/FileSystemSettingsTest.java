package dev.orchard.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class FileSystemSettingsTest {
    private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void haveDefaultsForAllButTheDirectory() {
        context.withPropertyValues("orchard.storage.file-system.root=/somewhere")
                .run(started -> assertThat(started.getBean(FileSystemSettings.class))
                        .isEqualTo(new FileSystemSettings(
                                Path.of("/somewhere"),
                                Duration.ofHours(1),
                                Duration.ofDays(30),
                                DataSize.ofMegabytes(16))));
    }

    @Test
    void areNotWholeWithoutADirectory() {
        context.run(started -> assertThat(started).hasFailed());
    }

    @EnableConfigurationProperties(FileSystemSettings.class)
    static class Bound {}
}
