package dev.orchard.gateway.edge;

import dev.orchard.support.problem.ProblemWriter;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The connector's rules. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {
    @Bean
    FilterRegistrationBean<RequestTargetFilter> requestTargetFilter(ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new RequestTargetFilter(problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> connector(ProblemWriter problems) {
        return factory -> {
            factory.addConnectorCustomizers(connector -> {
                connector.setParseBodyMethods(""); // parameters are the query's; a form's bytes can be an upload
                connector.setEncodedSolidusHandling("passthrough"); // refused by RequestTargetFilter, as a problem
                if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                    http.setContinueResponseTiming("onRead"); // so a refusal comes before the body is asked for
                }
            });
            factory.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ProblemReportValve(problems)));
        };
    }
}
