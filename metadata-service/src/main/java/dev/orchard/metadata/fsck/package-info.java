/** Checks that rows, blobs and counts agree, as a job with progress, and repairs what it may when it is asked to. */
@NullMarked
package dev.orchard.metadata.fsck;

import org.jspecify.annotations.NullMarked;
