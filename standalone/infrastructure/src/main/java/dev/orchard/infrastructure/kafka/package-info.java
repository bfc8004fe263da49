/** A real Kafka broker as a process. */
@NullMarked
package dev.orchard.infrastructure.kafka;

import org.jspecify.annotations.NullMarked;
