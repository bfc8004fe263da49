package dev.orchard.support.http;

import dev.orchard.support.problem.ProblemWriter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Imported by the services behind the gateway: only other services of this Orchard are let in. */
@Configuration(proxyBeanMethods = false)
public class InternalService {
    @Bean
    FilterRegistrationBean<ServiceFilter> serviceFilter(ServiceToken serviceToken, ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new ServiceFilter(serviceToken, problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }
}
