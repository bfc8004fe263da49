package dev.orchard.gateway.identity;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.support.http.ServiceToken;
import dev.orchard.support.problem.ProblemWriter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the identity filter before everything else. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {
    @Bean
    FilterRegistrationBean<IdentityFilter> identityFilter(
            GatewaySettings settings, ServiceToken serviceToken, ProblemWriter problems) {
        var credentials = new Credentials(ServiceToken.read(settings.adminTokenFile()));
        var registration = new FilterRegistrationBean<>(new IdentityFilter(credentials, serviceToken, problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }
}
