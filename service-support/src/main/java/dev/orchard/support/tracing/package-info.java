/** Traces: one request followed through all services and on into the ledger. Off unless there is somewhere to send them. */
@NullMarked
package dev.orchard.support.tracing;

import org.jspecify.annotations.NullMarked;
