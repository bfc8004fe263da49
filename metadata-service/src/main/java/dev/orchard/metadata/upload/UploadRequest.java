package dev.orchard.metadata.upload;

import com.fasterxml.jackson.annotation.JsonProperty;
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

/**
 * What is known of an upload before its bytes: where it goes, its name, and what the client declares.
 *
 * @param direct whether the sender makes the key itself: then nothing is kept of an upload that begins
 */
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
        @Nullable String ifNoneMatch,
        @Nullable Boolean direct) {
    /** The tag that it sets, if it sets one. */
    Optional<TagAddress> address() {
        return Optional.ofNullable(tag).map(set -> new TagAddress(project, packageName, set));
    }

    TagCondition condition() {
        return TagCondition.of(ifMatch, ifNoneMatch);
    }

    boolean isDirect() {
        return Boolean.TRUE.equals(direct);
    }

    /** This upload as if its bytes had just been stored: the database knows the checksums of what is there already. */
    StoredUpload declared(Sha256 content) {
        return new StoredUpload(
                project,
                packageName,
                tag,
                filename,
                contentType,
                content,
                0,
                "",
                null,
                null,
                ifMatch,
                ifNoneMatch,
                null);
    }
}
