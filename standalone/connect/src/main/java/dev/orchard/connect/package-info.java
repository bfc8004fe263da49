/** A Kafka Connect worker, with Debezium on its class path, as a program of its own. */
@NullMarked
package dev.orchard.connect;

import org.jspecify.annotations.NullMarked;
