package dev.orchard.audit.ledger;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How the listener fails: it tries again for as long as it takes, and it never passes over a record. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    private static final Logger log = LoggerFactory.getLogger(LedgerConfiguration.class);

    private final ApplicationEventPublisher events;

    LedgerConfiguration(ApplicationEventPublisher events) {
        this.events = events;
    }

    /**
     * A failed batch is tried again, whatever failed. Between the tries the consumer is paused and polled, which keeps
     * its place in the group. Should the tries end nonetheless, the recoverer's refusal makes the batch come again.
     */
    @Bean
    DefaultErrorHandler tryingAgain() {
        var backOff = new ExponentialBackOff(200, 2);
        backOff.setMaxInterval(5_000);
        var handler = new DefaultErrorHandler(
                (kafka, failure) -> {
                    throw new IllegalStateException("the ledger skips nothing", failure);
                },
                backOff);
        handler.setClassifications(Map.of(), true);
        handler.setRetryListeners(new LoggedRetries());
        return handler;
    }

    /** Only an Error ends the consumer; then the process is of no more use, and whoever watches it should replace it. */
    @EventListener
    void onConsumerStopped(ConsumerStoppedEvent stopped) {
        if (stopped.getReason() != ConsumerStoppedEvent.Reason.NORMAL) {
            log.error("the ledger's consumer has ended: {}", stopped.getReason());
            AvailabilityChangeEvent.publish(events, stopped, LivenessState.BROKEN);
        }
    }
}
