/** Whether the parts of this Orchard can be reached. */
@NullMarked
package dev.orchard.gateway.health;

import org.jspecify.annotations.NullMarked;
