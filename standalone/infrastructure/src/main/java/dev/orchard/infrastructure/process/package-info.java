/** Programs that run as children of this one and never outlive it. */
@NullMarked
package dev.orchard.infrastructure.process;

import org.jspecify.annotations.NullMarked;
