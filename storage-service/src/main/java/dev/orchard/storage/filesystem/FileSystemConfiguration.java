package dev.orchard.storage.filesystem;

import dev.orchard.storage.parts.PartStore;
import java.io.IOException;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps blobs in the file system, unless the settings name another store. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orchard.storage.kind", havingValue = "file-system", matchIfMissing = true)
@EnableConfigurationProperties(FileSystemSettings.class)
class FileSystemConfiguration {
    @Bean
    FileSystemBlobStore blobStore(FileSystemSettings settings) throws IOException {
        return FileSystemBlobStore.in(settings, Clock.systemUTC());
    }

    @Bean
    PartStore partStore(FileSystemSettings settings, FileSystemBlobStore blobs) {
        return new FileSystemPartStore(settings, blobs, Clock.systemUTC());
    }
}
