/** Tags: the mutable names that point at artifacts, and all that they ever pointed at. */
@NullMarked
package dev.orchard.metadata.tag;

import org.jspecify.annotations.NullMarked;
