/** The ledger: from the topic into the database, every record, once, in order, as the bytes that came. */
@NullMarked
package dev.orchard.audit.ledger;

import org.jspecify.annotations.NullMarked;
