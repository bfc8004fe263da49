package dev.orchard.audit.ledger;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/** Whether the listener runs and is connected to a broker, named {@code kafka}; readiness does not depend on it. */
@Component("kafka")
final class LedgerListenerHealth implements HealthIndicator {
    private final KafkaListenerEndpointRegistry listeners;

    LedgerListenerHealth(KafkaListenerEndpointRegistry listeners) {
        this.listeners = listeners;
    }

    @Override
    public Health health() {
        var container = listeners.getListenerContainer(LedgerListener.ID);
        if (container == null || !container.isRunning()) {
            return Health.down().withDetail("listener", "not running").build();
        }
        return isConnected(container)
                ? Health.up().build()
                : Health.down().withDetail("broker", "not connected").build();
    }

    private static boolean isConnected(MessageListenerContainer container) {
        return container.metrics().values().stream()
                .flatMap(consumer -> consumer.values().stream())
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .anyMatch(metric -> metric.metricValue() instanceof Number count && count.doubleValue() > 0);
    }
}
