/** The REST API of Orchard: authenticates, streams, orchestrates. */
@NullMarked
package dev.orchard.gateway;

import org.jspecify.annotations.NullMarked;
