/** Garbage collection: artifacts that nothing refers to, uploads that were given up, objects that nobody knows. */
@NullMarked
package dev.orchard.metadata.collection;

import org.jspecify.annotations.NullMarked;
