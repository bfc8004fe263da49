/** One command that starts the whole of Orchard on one machine, keeps it running and stops it in order. */
@NullMarked
package dev.orchard.standalone;

import org.jspecify.annotations.NullMarked;
