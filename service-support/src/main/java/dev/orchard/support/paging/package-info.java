/** Lists in pages that stay stable while others write. */
@NullMarked
package dev.orchard.support.paging;

import org.jspecify.annotations.NullMarked;
