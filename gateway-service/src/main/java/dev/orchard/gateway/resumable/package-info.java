/** Uploads that come in parts and can go on after any break; all that is known of them lies behind the gateway. */
@NullMarked
package dev.orchard.gateway.resumable;

import org.jspecify.annotations.NullMarked;
