/** What is stored, and what deduplication saved. */
@NullMarked
package dev.orchard.metadata.statistics;

import org.jspecify.annotations.NullMarked;
