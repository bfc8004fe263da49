/** What the connector does with every request before a route is looked for. */
@NullMarked
package dev.orchard.gateway.edge;

import org.jspecify.annotations.NullMarked;
