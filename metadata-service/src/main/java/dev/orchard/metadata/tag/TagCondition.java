package dev.orchard.metadata.tag;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a change demands of the tag as it is, from {@code If-Match} and {@code If-None-Match} (RFC 9110, 13.1). */
public sealed interface TagCondition {
    /** Whether a tag with this target, or without any, may be changed. */
    boolean allows(Optional<Sha256> present);

    /** What the database calls it. */
    String name();

    /** The entity tags that it names. */
    default List<String> entityTags() {
        return List.of();
    }

    /** No condition. */
    record Any() implements TagCondition {
        @Override
        public String name() {
            return "any";
        }

        @Override
        public boolean allows(Optional<Sha256> present) {
            return true;
        }
    }

    /** {@code If-None-Match: *}: there must be no such tag yet. */
    record Absent() implements TagCondition {
        @Override
        public String name() {
            return "absent";
        }

        @Override
        public boolean allows(Optional<Sha256> present) {
            return present.isEmpty();
        }
    }

    /** {@code If-Match: *}: there must be such a tag. */
    record Present() implements TagCondition {
        @Override
        public String name() {
            return "present";
        }

        @Override
        public boolean allows(Optional<Sha256> present) {
            return present.isPresent();
        }
    }

    /** {@code If-Match: "DIGEST", …}: the tag must point at one of these; entity tags that are no digests match nothing. */
    record PointsAt(List<String> entityTags) implements TagCondition {
        @Override
        public String name() {
            return "points_at";
        }

        @Override
        public boolean allows(Optional<Sha256> present) {
            return present.map(Sha256::asEntityTag).filter(entityTags::contains).isPresent();
        }
    }

    /** @throws InvalidValueException for what these headers cannot say of a tag */
    static TagCondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw new InvalidValueException("If-Match", "cannot be combined with If-None-Match");
        }
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.strip().equals("*")) {
                throw new InvalidValueException("If-None-Match", "must be * where a tag is changed");
            }
            return new Absent();
        }
        if (ifMatch == null) {
            return new Any();
        }
        return ifMatch.strip().equals("*")
                ? new Present()
                : new PointsAt(
                        Arrays.stream(ifMatch.split(",")).map(String::strip).toList());
    }
}
