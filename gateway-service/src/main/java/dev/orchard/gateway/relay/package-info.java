/** The routes that are only facts of another service, handed through as they are. */
@NullMarked
package dev.orchard.gateway.relay;

import org.jspecify.annotations.NullMarked;
