/** Copies of a running Orchard to one consistent point, and data directories made from them. */
@NullMarked
package dev.orchard.standalone.backup;

import org.jspecify.annotations.NullMarked;
