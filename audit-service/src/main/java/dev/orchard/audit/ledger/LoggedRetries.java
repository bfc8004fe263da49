package dev.orchard.audit.ledger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.RetryListener;

/** Says in the log that the ledger is held up, and by what. */
final class LoggedRetries implements RetryListener {
    private static final Logger log = LoggerFactory.getLogger(LoggedRetries.class);

    @Override
    public void failedDelivery(ConsumerRecord<?, ?> kafka, @Nullable Exception failure, int attempt) {
        log.warn("the ledger could not take a record, attempt {}: {}", attempt, cause(failure));
    }

    @Override
    public void failedDelivery(ConsumerRecords<?, ?> batch, Exception failure, int attempt) {
        log.warn("the ledger could not take {} records, attempt {}: {}", batch.count(), attempt, cause(failure));
    }

    private static String cause(@Nullable Exception failure) {
        return failure == null
                ? "unknown"
                : NestedExceptionUtils.getMostSpecificCause(failure).toString();
    }
}
