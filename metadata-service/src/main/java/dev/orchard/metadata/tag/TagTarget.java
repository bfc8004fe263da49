package dev.orchard.metadata.tag;

import dev.orchard.support.naming.Sha256;

/** What a tag points at, and under which name and type the content was put there. */
public record TagTarget(Sha256 artifactId, String filename, String contentType) {}
