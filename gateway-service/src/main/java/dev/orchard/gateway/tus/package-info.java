/** The tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload) over the same uploads in parts. */
@NullMarked
package dev.orchard.gateway.tus;

import org.jspecify.annotations.NullMarked;
