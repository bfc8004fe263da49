package dev.orchard.metadata.packages;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A package with its numbers.
 *
 * @param artifactCount distinct artifacts that its tags point at
 * @param logicalBytes the size of what its tags point at, counted once a tag
 * @param storedBytes the same, counted once an artifact
 */
public record PackageDetails(
        @JsonUnwrapped Package details, long tagCount, long artifactCount, long logicalBytes, long storedBytes) {}
