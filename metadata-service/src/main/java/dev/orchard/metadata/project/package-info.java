/** Projects: what packages belong to. */
@NullMarked
package dev.orchard.metadata.project;

import org.jspecify.annotations.NullMarked;
