/** Uploads: from the intent to the recorded, counted and tagged artifact. */
@NullMarked
package dev.orchard.metadata.upload;

import org.jspecify.annotations.NullMarked;
