package dev.orchard.gateway.resumable;

import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.naming.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the parts that were to be one blob. */
public sealed interface Assembly {
    /** It is durable, and these are its digests. */
    record Stored(
            long size,
            Sha256 sha256,
            String checksumCrc32c,
            @Nullable String checksumSha1,
            @Nullable String checksumMd5)
            implements Assembly {}

    /** The store does not have these parts. */
    record Missing(List<Integer> parts) implements Assembly {}

    /** The store knows nothing of it, any more. */
    record Gone() implements Assembly {}

    /** There is no room. */
    record Full() implements Assembly {}

    /** The service went away or could not; {@code why} is its problem, if it said one. */
    record Unavailable(@Nullable Refusal why) implements Assembly {}
}
