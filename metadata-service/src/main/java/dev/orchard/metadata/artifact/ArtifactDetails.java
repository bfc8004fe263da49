package dev.orchard.metadata.artifact;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * An artifact with the tags that point at it.
 *
 * @param references at most {@link ArtifactService#MAX_REFERENCES}; {@code ref_count} tells how many there are
 */
record ArtifactDetails(@JsonUnwrapped Artifact artifact, List<Reference> references) {}
