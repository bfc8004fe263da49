/** Blobs as files of one file system. */
@NullMarked
package dev.orchard.storage.filesystem;

import org.jspecify.annotations.NullMarked;
