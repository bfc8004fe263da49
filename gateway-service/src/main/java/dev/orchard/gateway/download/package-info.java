/** Bytes on their way out: conditions and ranges of RFC 9110 over content that is known to be whole. */
@NullMarked
package dev.orchard.gateway.download;

import org.jspecify.annotations.NullMarked;
