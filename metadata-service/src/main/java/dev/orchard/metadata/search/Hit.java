package dev.orchard.metadata.search;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that matches a search.
 *
 * @param kind what it is: {@code project}, {@code package}, {@code tag}, {@code filename}, or an artifact by its digest
 * @param key its place in the list of hits, for paging
 */
record Hit(
        String kind,
        @Nullable String project,
        @JsonProperty("package") @Nullable String packageName,
        @Nullable String tag,
        @Nullable String filename,
        @Nullable String artifactId,
        @JsonIgnore String key) {}
