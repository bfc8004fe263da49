package dev.orchard.metadata.project;

/**
 * What went with a project.
 *
 * @param artifactsReleased artifacts that nothing refers to any more
 */
public record ProjectDeletion(long packagesDeleted, long tagsDeleted, long artifactsReleased) {}
