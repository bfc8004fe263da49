package dev.orchard.system.architecture.example;

import org.apache.kafka.common.TopicPartition;

/** Breaks a rule on purpose: a type of Kafka's below the listener. */
public class KafkaService {
    public int partition(TopicPartition partition) {
        return partition.partition();
    }
}
