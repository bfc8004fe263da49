/** The pages of {@code docs/} of which the build writes a part. */
@NullMarked
package dev.orchard.system.docs;

import org.jspecify.annotations.NullMarked;
