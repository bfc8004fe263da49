/** Orchard's speed beside that of other stores, in one run: the same client, content and file system for all. */
@NullMarked
package dev.orchard.system.benchmark;

import org.jspecify.annotations.NullMarked;
