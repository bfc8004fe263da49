package dev.orchard.metadata.statistics;

/**
 * What is stored, and what deduplication saved. Sizes in bytes.
 *
 * @param logicalBytes the sizes of all recorded uploads together: what they would take if each were kept by itself
 * @param storedBytes the sizes of the distinct artifacts
 * @param bytesSaved the sizes of the uploads whose content was there already
 * @param dedupRatio logical to stored; 1 where nothing is stored
 * @param orphanedArtifacts artifacts that no tag points at
 */
record Statistics(
        long logicalBytes,
        long storedBytes,
        long bytesSaved,
        double dedupRatio,
        long uploads,
        long deduplicatedUploads,
        long artifacts,
        long orphanedArtifacts,
        long orphanedBytes) {}
