/** The storage service: keeps blobs under keys that are used for one write, ever. */
@NullMarked
package dev.orchard.storage;

import org.jspecify.annotations.NullMarked;
