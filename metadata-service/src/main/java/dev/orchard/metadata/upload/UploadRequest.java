package dev.orchard.metadata.upload;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.metadata.artifact.Artifact;
import dev.orchard.metadata.database.Storable;
import dev.orchard.metadata.tag.TagAddress;
import dev.orchard.metadata.tag.TagCondition;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of an upload before its bytes: where it goes, its name, and what the client declares. */
record UploadRequest(
        @NotNull(message = "is missing") ProjectName project,

        @NotNull(message = "is missing") @JsonProperty("package")
        PackageName packageName,

        @Nullable TagName tag,

        @NotNull(message = "is missing")
        @Size(min = 1, max = 255, message = "must be 1 to 255 characters long")
        @Storable
        String filename,

        @NotNull(message = "is missing")
        @Size(min = 1, max = 255, message = "must be 1 to 255 characters long")
        @Storable
        String contentType,

        @Nullable Sha256 sha256,
        @Nullable Long size,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch) {
    /** The tag that it sets, if it sets one. */
    Optional<TagAddress> address() {
        return Optional.ofNullable(tag).map(set -> new TagAddress(project, packageName, set));
    }

    TagCondition condition() {
        return TagCondition.of(ifMatch, ifNoneMatch);
    }

    /** This upload as if its bytes had just been stored: they are those of an artifact that is there already. */
    StoredUpload stored(Artifact artifact) {
        return new StoredUpload(
                project,
                packageName,
                tag,
                filename,
                contentType,
                artifact.sha256(),
                artifact.size(),
                artifact.checksumCrc32c(),
                artifact.checksumSha1(),
                artifact.checksumMd5(),
                ifMatch,
                ifNoneMatch);
    }
}
