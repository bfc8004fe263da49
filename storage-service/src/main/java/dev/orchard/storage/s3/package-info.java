/** Blobs as objects of one S3 bucket. */
@NullMarked
package dev.orchard.storage.s3;

import org.jspecify.annotations.NullMarked;
