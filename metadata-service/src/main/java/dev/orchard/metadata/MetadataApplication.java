package dev.orchard.metadata;

import dev.orchard.support.ServiceSupport;
import dev.orchard.support.http.InternalService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Starts the metadata service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ServiceSupport.class, InternalService.class})
public class MetadataApplication {
    public static void main(String[] args) {
        SpringApplication.run(MetadataApplication.class, args);
    }
}
