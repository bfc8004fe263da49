package dev.orchard.support.tracing;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** What traces are made of: requests of clients and what follows from them, not what services do by themselves. */
@Configuration(proxyBeanMethods = false)
public class TracingConfiguration {
    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    @Bean
    Spans spans(ObjectProvider<Tracer> tracer) {
        return Spans.with(tracer.getIfAvailable());
    }

    /** Where there is an address to send traces to. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(ENDPOINT)
    static class On {
        /** Whoever calls decides for all that follows; of what begins here, a share. */
        @Bean
        Sampler sampler(@Value("${management.tracing.sampling.probability:0.1}") double share) {
            return Sampler.parentBased(new RequestSampler(Sampler.traceIdRatioBased(share)));
        }

        /** Who asks whether a service is well, and for its numbers, asks again and again. */
        @Bean
        ObservationPredicate noProbes() {
            return (name, context) -> !(context instanceof ServerRequestObservationContext server
                    && server.getCarrier() != null
                    && isProbe(server.getCarrier().getRequestURI()));
        }

        private static boolean isProbe(String path) {
            return path.startsWith("/actuator/") || path.equals("/health") || path.equals("/api/v1/health");
        }
    }
}
