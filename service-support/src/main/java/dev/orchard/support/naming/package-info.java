/** The typed values that name things: projects, packages, tags and digests. */
@NullMarked
package dev.orchard.support.naming;

import org.jspecify.annotations.NullMarked;
