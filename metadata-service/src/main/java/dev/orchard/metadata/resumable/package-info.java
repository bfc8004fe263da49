/** Uploads that come in parts: what has arrived, who may go on, and when nobody waits for the rest any more. */
@NullMarked
package dev.orchard.metadata.resumable;

import org.jspecify.annotations.NullMarked;
