package dev.orchard.gateway.download;

import dev.orchard.support.naming.Sha256;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/** The conditions of a request to read, in the order of RFC 9110, section 13.2.2. */
final class Conditions {
    private final HttpHeaders headers;
    private final ETag entityTag;
    private final Instant lastModified;

    /** What follows from them. */
    enum Verdict {
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    Conditions(HttpHeaders headers, Sha256 digest, Instant lastModified) {
        this.headers = headers;
        this.entityTag = new ETag(digest.hex(), false);
        this.lastModified = lastModified.truncatedTo(ChronoUnit.SECONDS);
    }

    Verdict verdict() {
        if (!asExpected()) {
            return Verdict.FAILED;
        }
        return isNews() ? Verdict.PROCEED : Verdict.NOT_MODIFIED;
    }

    /** Whether ranges may be answered: {@code If-Range} is not there, or names exactly this representation. */
    boolean allowRanges() {
        String value = headers.getFirst(HttpHeaders.IF_RANGE);
        if (value == null) {
            return true;
        }
        boolean isTag = value.startsWith("\"") || value.startsWith("W/");
        return isTag
                ? matches(List.of(value), true)
                : date(value).filter(lastModified::equals).isPresent();
    }

    private boolean asExpected() {
        if (headers.containsHeader(HttpHeaders.IF_MATCH)) {
            return matches(headers.getOrEmpty(HttpHeaders.IF_MATCH), true);
        }
        return date(headers.getFirst(HttpHeaders.IF_UNMODIFIED_SINCE))
                .map(since -> !lastModified.isAfter(since))
                .orElse(true);
    }

    private boolean isNews() {
        if (headers.containsHeader(HttpHeaders.IF_NONE_MATCH)) {
            return !matches(headers.getOrEmpty(HttpHeaders.IF_NONE_MATCH), false);
        }
        return date(headers.getFirst(HttpHeaders.IF_MODIFIED_SINCE))
                .map(lastModified::isAfter)
                .orElse(true);
    }

    private boolean matches(List<String> values, boolean strong) {
        return values.stream()
                .flatMap(value -> ETag.parse(value).stream())
                .anyMatch(candidate -> candidate.isWildcard() || entityTag.compare(candidate, strong));
    }

    /** A date that cannot be read is as one that is not there. */
    private static Optional<Instant> date(@Nullable String value) {
        try {
            return Optional.ofNullable(value)
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
