/** Answers of the audit service that take long or never end, handed through as they come. */
@NullMarked
package dev.orchard.gateway.stream;

import org.jspecify.annotations.NullMarked;
