/** The transparency log over the ledger: signed, kept in the blob store, and given out for anyone to check. */
@NullMarked
package dev.orchard.audit.log;

import org.jspecify.annotations.NullMarked;
