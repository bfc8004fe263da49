/** The replication slot and the connector that carry the event log to Kafka. */
@NullMarked
package dev.orchard.metadata.capture;

import org.jspecify.annotations.NullMarked;
