/** The ledger as it grows, streamed to whoever listens. */
@NullMarked
package dev.orchard.audit.live;

import org.jspecify.annotations.NullMarked;
