/** A Kafka broker as a program of its own. */
@NullMarked
package dev.orchard.kafka;

import org.jspecify.annotations.NullMarked;
