/** A real Kafka Connect worker with Debezium as a process. */
@NullMarked
package dev.orchard.infrastructure.connect;

import org.jspecify.annotations.NullMarked;
