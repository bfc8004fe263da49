/** Artifacts: immutable content, known by its SHA-256. */
@NullMarked
package dev.orchard.metadata.artifact;

import org.jspecify.annotations.NullMarked;
