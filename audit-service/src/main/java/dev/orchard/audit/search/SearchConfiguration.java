package dev.orchard.audit.search;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets controllers take a filter and a form as parameters. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration implements WebMvcConfigurer {
    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new EventFilterParameter());
        resolvers.add(new EventFormParameter());
    }
}
