package dev.orchard.metadata.packages;

/**
 * What went with a package.
 *
 * @param artifactsReleased artifacts that nothing refers to any more
 */
public record PackageDeletion(long tagsDeleted, long artifactsReleased) {}
