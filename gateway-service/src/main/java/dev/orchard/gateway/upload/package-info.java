/** Bytes on their way in: checked, streamed once to the storage service, recorded by the metadata service. */
@NullMarked
package dev.orchard.gateway.upload;

import org.jspecify.annotations.NullMarked;
