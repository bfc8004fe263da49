/** What all services share: problems, request context, names, and how the services know each other. */
@NullMarked
package dev.orchard.support;

import org.jspecify.annotations.NullMarked;
