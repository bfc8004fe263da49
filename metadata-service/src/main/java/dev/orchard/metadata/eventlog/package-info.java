/** The event log's upkeep: its partitions made ahead, its epochs closed. */
@NullMarked
package dev.orchard.metadata.eventlog;

import org.jspecify.annotations.NullMarked;
