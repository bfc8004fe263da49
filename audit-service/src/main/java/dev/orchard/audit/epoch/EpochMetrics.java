package dev.orchard.audit.epoch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the recount found, for an alarm. */
@Component
final class EpochMetrics {
    private static final Logger log = LoggerFactory.getLogger(EpochMetrics.class);

    private final Counter opened;
    private final Counter chainBreaks;

    EpochMetrics(MeterRegistry registry) {
        opened = Counter.builder("orchard.epochs.failed")
                .description("Epochs that the ledger did not hold as they were counted, at first sight")
                .register(registry);
        chainBreaks = Counter.builder("orchard.ledger.chain.breaks")
                .description("Changes of a reference count that came without the one before")
                .register(registry);
    }

    void countOpened() {
        opened.increment();
    }

    void countChainBreaks(int breaks) {
        if (breaks > 0) {
            log.error("{} changes of reference counts came without the one before", breaks);
            chainBreaks.increment(breaks);
        }
    }
}
