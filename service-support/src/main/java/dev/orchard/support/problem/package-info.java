/** What went wrong, told to the client as RFC 9457 problem documents. */
@NullMarked
package dev.orchard.support.problem;

import org.jspecify.annotations.NullMarked;
