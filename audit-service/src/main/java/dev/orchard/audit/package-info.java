/** The audit service: keeps every event for good, answers questions about them, and says whether any is missing. */
@NullMarked
package dev.orchard.audit;

import org.jspecify.annotations.NullMarked;
