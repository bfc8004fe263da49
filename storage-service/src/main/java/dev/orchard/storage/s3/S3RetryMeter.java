package dev.orchard.storage.s3;

import io.micrometer.core.instrument.MeterRegistry;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Counts what had to be tried again, by operation: a store that is getting worse is seen before it fails. */
final class S3RetryMeter implements MetricPublisher {
    private final MeterRegistry meters;

    S3RetryMeter(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void publish(MetricCollection call) {
        int retries = call.metricValues(CoreMetric.RETRY_COUNT).stream()
                .mapToInt(Integer::intValue)
                .sum();
        if (retries > 0) {
            String operation = call.metricValues(CoreMetric.OPERATION_NAME).stream()
                    .findFirst()
                    .orElse("");
            meters.counter("orchard.storage.s3.retries", "operation", operation).increment(retries);
        }
    }

    @Override
    public void close() {}
}
