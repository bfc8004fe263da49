/** Blobs that come in parts, over HTTP, and the port behind which the parts are kept until the blob is whole. */
@NullMarked
package dev.orchard.storage.parts;

import org.jspecify.annotations.NullMarked;
