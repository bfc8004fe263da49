/** How the services call and recognise each other. */
@NullMarked
package dev.orchard.support.http;

import org.jspecify.annotations.NullMarked;
