package dev.orchard.support.tracing;

import io.micrometer.common.KeyValue;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;

/** Calls between services, without their paths in the metrics: these hold names and keys, without end. */
public final class ServiceCallConvention extends DefaultClientRequestObservationConvention {
    private static final KeyValue NO_URI = KeyValue.of("uri", "none");

    @Override
    protected KeyValue uri(ClientRequestObservationContext context) {
        return NO_URI;
    }
}
