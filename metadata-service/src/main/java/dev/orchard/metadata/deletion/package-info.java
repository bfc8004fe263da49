/** The queue of objects that nothing needs any more. */
@NullMarked
package dev.orchard.metadata.deletion;

import org.jspecify.annotations.NullMarked;
