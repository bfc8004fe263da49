package dev.orchard.support;

import dev.orchard.support.http.InternalService;
import dev.orchard.support.http.ServiceConnections;
import dev.orchard.support.http.Transfer;
import dev.orchard.support.metrics.ReadinessMetrics;
import dev.orchard.support.problem.ProblemAdvice;
import dev.orchard.support.problem.ProblemWriter;
import dev.orchard.support.tracing.TracingConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** What every service imports. A service that only others of this Orchard call imports {@link InternalService} too. */
@Configuration(proxyBeanMethods = false)
@Import({ServiceConnections.class, ProblemAdvice.class, TracingConfiguration.class})
public class ServiceSupport {
    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    ReadinessMetrics readinessMetrics(HealthEndpoint health, MeterRegistry meters) {
        return new ReadinessMetrics(health, meters);
    }

    /** Bodies pass in larger pieces than Tomcat's 8 KB, each of which is a system call. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> wideSockets() {
        String size = Integer.toString(Transfer.SOCKET_BYTES);
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", size);
            connector.setProperty("socket.appWriteBufSize", size);
        });
    }
}
