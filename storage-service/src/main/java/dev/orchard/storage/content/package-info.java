/** Bytes on their way into a store, checked and summed up while they pass. */
@NullMarked
package dev.orchard.storage.content;

import org.jspecify.annotations.NullMarked;
