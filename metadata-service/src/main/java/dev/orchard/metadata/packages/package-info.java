/** Packages: where artifacts are uploaded to and tags live. */
@NullMarked
package dev.orchard.metadata.packages;

import org.jspecify.annotations.NullMarked;
