package dev.orchard.storage;

import dev.orchard.support.ServiceSupport;
import dev.orchard.support.http.InternalService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the storage service. It has no error page: the container would put it into an answer that broke off, among the
 * bytes of the blob.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(StorageSettings.class)
@Import({ServiceSupport.class, InternalService.class})
public class StorageApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(StorageApplication.class, arguments);
    }
}
