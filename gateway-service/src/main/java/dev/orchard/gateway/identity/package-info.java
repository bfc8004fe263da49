/** Who may come in, and what is known of a request from there on. */
@NullMarked
package dev.orchard.gateway.identity;

import org.jspecify.annotations.NullMarked;
