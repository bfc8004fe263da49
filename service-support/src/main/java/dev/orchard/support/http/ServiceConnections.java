package dev.orchard.support.http;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The service's identity and its clients. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceSettings.class)
public class ServiceConnections {
    @Bean
    ServiceToken serviceToken(ServiceSettings settings) {
        return ServiceToken.read(settings.tokenFile());
    }

    @Bean
    ServiceClients serviceClients(
            ServiceSettings settings,
            ServiceToken serviceToken,
            JsonMapper json,
            ObservationRegistry observations,
            ObjectProvider<Tracer> tracer) {
        boolean isTraced = tracer.getIfAvailable() != null;
        return new ServiceClients(settings, serviceToken, json, isTraced ? observations : ObservationRegistry.NOOP);
    }
}
