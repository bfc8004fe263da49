package dev.orchard.gateway.resumable;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.gateway.upload.Filename;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an upload before any of it comes.
 *
 * @param size null where only the end will tell
 * @param ifMatch the header's value, for the tag
 * @param ifNoneMatch the header's value, for the tag
 */
public record NewUpload(
        Kind kind,
        ProjectName project,
        @JsonProperty("package") PackageName packageName,
        @Nullable TagName tag,
        Filename filename,
        String contentType,
        @Nullable Long size,
        @Nullable Sha256 sha256,
        long partSize,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch) {}
