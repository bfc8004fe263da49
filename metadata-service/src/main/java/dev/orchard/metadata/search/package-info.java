/** One search over everything that has a name. */
@NullMarked
package dev.orchard.metadata.search;

import org.jspecify.annotations.NullMarked;
