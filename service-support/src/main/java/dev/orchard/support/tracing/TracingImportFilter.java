package dev.orchard.support.tracing;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out all that Boot configures for traces unless there is an address to send them to: by itself it would make a
 * span of each request, for nobody.
 */
public final class TracingImportFilter implements AutoConfigurationImportFilter, EnvironmentAware {
    private boolean on;

    @Override
    public void setEnvironment(Environment environment) {
        on = environment.containsProperty(TracingConfiguration.ENDPOINT);
    }

    @Override
    public boolean[] match(@Nullable String[] configurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[configurations.length];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = on || !isTracing(configurations[i]);
        }
        return matches;
    }

    private static boolean isTracing(@Nullable String configuration) {
        return configuration != null
                && (configuration.startsWith("org.springframework.boot.micrometer.tracing.")
                        || configuration.startsWith("org.springframework.boot.opentelemetry."));
    }
}
