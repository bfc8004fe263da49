package dev.orchard.storage.parts;

/**
 * A part as the store keeps it.
 *
 * @param part its number, from 1
 * @param size in bytes
 * @param checksumCrc32c CRC-32C (RFC 3720) of the part as eight lower-case hex digits
 * @param id the store's name for this one write of it
 */
public record StoredPart(int part, long size, String checksumCrc32c, String id) {}
