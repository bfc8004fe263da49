package dev.orchard.gateway.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves Swagger UI from its jar, in whichever version that is. */
@Configuration(proxyBeanMethods = false)
class ContractConfiguration implements WebMvcConfigurer {
    private static final String JAR = "classpath*:/META-INF/resources/webjars/swagger-ui/*/";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        try {
            registry.addResourceHandler("/api/docs/*")
                    .addResourceLocations(new PathMatchingResourcePatternResolver().getResources(JAR));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
