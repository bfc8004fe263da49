/** The mathematics of the transparency log: RFC 6962 hashing, C2SP tiles, checkpoints and signed notes. */
@NullMarked
package dev.orchard.transparency;

import org.jspecify.annotations.NullMarked;
