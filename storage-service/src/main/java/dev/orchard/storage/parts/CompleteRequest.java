package dev.orchard.storage.parts;

import dev.orchard.storage.content.DigestState;
import dev.orchard.support.naming.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts that shall be a blob, as the caller remembers them. */
record CompleteRequest(
        @Nullable String handle,
        @Nullable List<@Nullable StoredPart> parts,
        @Nullable String digestState,
        @Nullable List<String> digests) {
    String knownHandle() {
        return handle == null ? "" : handle;
    }

    /** @throws InvalidValueException if these can be no parts, or stand in no order */
    List<StoredPart> orderedParts() {
        if (parts == null) {
            throw new InvalidValueException("parts", "is missing");
        }
        List<StoredPart> ordered = new ArrayList<>();
        for (StoredPart part : parts) {
            int last = ordered.isEmpty() ? 0 : ordered.getLast().part();
            if (part == null || part.part() <= last || part.part() > PartAddress.MOST_PARTS) {
                throw new InvalidValueException("parts", "must be in the order of their numbers, from 1 to 10000");
            }
            if (part.size() < 0 || part.id() == null || part.checksumCrc32c() == null) {
                throw new InvalidValueException("parts", "must each be as it was answered when it was written");
            }
            ordered.add(part);
        }
        return ordered;
    }

    @Nullable
    DigestState knownState() {
        return digestState == null ? null : DigestState.of(digestState);
    }

    List<String> wantedDigests() {
        return digests == null ? List.of() : digests;
    }
}
