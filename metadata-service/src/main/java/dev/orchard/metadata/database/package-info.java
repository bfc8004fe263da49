/** How the features meet PostgreSQL: transactions that carry the context to the triggers, and the types of columns. */
@NullMarked
package dev.orchard.metadata.database;

import org.jspecify.annotations.NullMarked;
