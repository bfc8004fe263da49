/** The metadata service: the facts about projects, packages, artifacts and tags, and the events of their changes. */
@NullMarked
package dev.orchard.metadata;

import org.jspecify.annotations.NullMarked;
