package dev.orchard.metadata.artifact;

import dev.orchard.support.naming.Sha256;
import java.util.List;

/** How many tags there are somewhere, and the distinct artifacts that they point at. */
public record ReferencedArtifacts(long tags, List<Sha256> artifacts) {}
