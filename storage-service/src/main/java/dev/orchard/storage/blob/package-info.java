/** Blobs over HTTP, and the port behind which they are kept. */
@NullMarked
package dev.orchard.storage.blob;

import org.jspecify.annotations.NullMarked;
