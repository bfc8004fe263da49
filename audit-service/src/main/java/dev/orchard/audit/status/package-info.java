/** Whether the trail is complete: what the database logged, against what the ledger holds. */
@NullMarked
package dev.orchard.audit.status;

import org.jspecify.annotations.NullMarked;
