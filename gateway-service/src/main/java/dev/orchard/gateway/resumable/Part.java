package dev.orchard.gateway.resumable;

/**
 * A part that is durable.
 *
 * @param id the physical write that it is; the storage service's, and opaque
 */
public record Part(int part, long size, String checksumCrc32c, String id) {}
