package dev.orchard.metadata.project;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A project with its numbers.
 *
 * @param artifactCount distinct artifacts that its tags point at
 * @param logicalBytes the size of what its tags point at, counted once a tag
 * @param storedBytes the same, counted once an artifact
 */
public record ProjectDetails(
        @JsonUnwrapped Project project,
        long packageCount,
        long tagCount,
        long artifactCount,
        long logicalBytes,
        long storedBytes) {}
