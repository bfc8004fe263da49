package dev.orchard.metadata.tag;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orchard.support.naming.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A target that a tag had.
 *
 * @param id the change's place in the history, for paging
 * @param to until when; null while it still has it
 * @param change {@code created} or {@code moved}
 */
record TagChange(
        @JsonIgnore long id,
        Sha256 artifactId,
        Instant from,
        @Nullable Instant to,
        String by,
        String change) {}
