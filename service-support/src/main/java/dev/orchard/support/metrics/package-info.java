/** Numbers about what lies in a database, for those who watch it. */
@NullMarked
package dev.orchard.support.metrics;

import org.jspecify.annotations.NullMarked;
