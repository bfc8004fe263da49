/** Questions about the events: by what they are about, by whom, when. */
@NullMarked
package dev.orchard.audit.search;

import org.jspecify.annotations.NullMarked;
