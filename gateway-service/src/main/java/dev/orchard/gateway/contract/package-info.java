/** The REST contract as an OpenAPI document, with a page to read and try it. */
@NullMarked
package dev.orchard.gateway.contract;

import org.jspecify.annotations.NullMarked;
