/** The event contract as programs use it: the types, their schemas and an example of each. */
@NullMarked
package dev.orchard.events;

import org.jspecify.annotations.NullMarked;
