/** The offline verifier: checks a whole log, from a folder or over HTTP, with its public key alone. */
@NullMarked
package dev.orchard.transparency.verify;

import org.jspecify.annotations.NullMarked;
