/** Where the content behind a tag or a digest lies. */
@NullMarked
package dev.orchard.metadata.content;

import org.jspecify.annotations.NullMarked;
