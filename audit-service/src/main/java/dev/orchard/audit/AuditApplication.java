package dev.orchard.audit;

import dev.orchard.support.ServiceSupport;
import dev.orchard.support.http.InternalService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** The audit service's process. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import({ServiceSupport.class, InternalService.class})
public class AuditApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(AuditApplication.class, arguments);
    }
}
