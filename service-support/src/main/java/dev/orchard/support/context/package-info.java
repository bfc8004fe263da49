/** Who acts, from where, for which request and why. */
@NullMarked
package dev.orchard.support.context;

import org.jspecify.annotations.NullMarked;
