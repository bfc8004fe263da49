package dev.orchard.support.http;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
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

    @Bean
    Departure departure(ServiceSettings settings) {
        return new Departure(settings.leaveTime());
    }

    /** The first of all filters, so that also a refusal says it. */
    @Bean
    FilterRegistrationBean<Filter> departingConnections(Departure departure) {
        var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
            if (departure.hasBegun() && response instanceof HttpServletResponse answer) {
                answer.setHeader(HttpHeaders.CONNECTION, "close");
            }
            chain.doFilter(request, response);
        });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setAsyncSupported(true);
        return registration;
    }
}
