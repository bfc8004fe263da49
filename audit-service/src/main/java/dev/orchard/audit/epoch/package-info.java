/** The recount: whether the ledger holds, epoch by epoch, what the database logged; and what to do where it does not. */
@NullMarked
package dev.orchard.audit.epoch;

import org.jspecify.annotations.NullMarked;
