/** The upkeep of the event log's partitions. */
@NullMarked
package dev.orchard.metadata.eventlog;

import org.jspecify.annotations.NullMarked;
