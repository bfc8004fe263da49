package dev.orchard.gateway.tus;

import org.jspecify.annotations.Nullable;

/**
 * What a client appends.
 *
 * @param offset where it believes to go on
 * @param length how long the chunk is; null where only its end will tell
 * @param uploadLength how long the whole is, where the client says it now
 */
record Chunk(long offset, @Nullable Long length, @Nullable Long uploadLength, ChunkStream stream) {}
