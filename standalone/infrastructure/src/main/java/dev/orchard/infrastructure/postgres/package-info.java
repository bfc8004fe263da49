/** Real PostgreSQL: its binaries, its cluster, the databases and roles in it. */
@NullMarked
package dev.orchard.infrastructure.postgres;

import org.jspecify.annotations.NullMarked;
