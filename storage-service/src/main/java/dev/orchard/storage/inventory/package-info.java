/** What the store holds, for garbage collection and for checks: lists, sizes, and checksums of what is really there. */
@NullMarked
package dev.orchard.storage.inventory;

import org.jspecify.annotations.NullMarked;
