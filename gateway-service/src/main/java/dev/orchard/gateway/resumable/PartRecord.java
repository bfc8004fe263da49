package dev.orchard.gateway.resumable;

import org.jspecify.annotations.Nullable;

/**
 * A part as it is recorded.
 *
 * @param digestBytes how many bytes of the whole {@code digestState} covers
 * @param digestFrom the state that {@code digestState} goes on from; null at the beginning
 * @param writer who appends, where only one may
 * @param expectedReceived how many bytes there must be before, where only one may append
 */
public record PartRecord(
        long size,
        String checksumCrc32c,
        String id,
        @Nullable String digestState,
        @Nullable Long digestBytes,
        @Nullable String digestFrom,
        @Nullable Long writer,
        @Nullable Long expectedReceived) {}
