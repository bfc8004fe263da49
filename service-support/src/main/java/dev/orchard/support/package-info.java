/** What all services share. */
@NullMarked
package dev.orchard.support;

import org.jspecify.annotations.NullMarked;
