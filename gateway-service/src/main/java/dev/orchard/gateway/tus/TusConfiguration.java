package dev.orchard.gateway.tus;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the protocol's filter before the one that lets nobody in without a token. */
@Configuration(proxyBeanMethods = false)
class TusConfiguration {
    @Bean
    FilterRegistrationBean<TusFilter> tusFilter() {
        var registration = new FilterRegistrationBean<>(new TusFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }
}
