/** The storage service, as far as the metadata service asks it anything. */
@NullMarked
package dev.orchard.metadata.storage;

import org.jspecify.annotations.NullMarked;
