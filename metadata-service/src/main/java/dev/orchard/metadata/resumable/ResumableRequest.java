package dev.orchard.metadata.resumable;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.metadata.database.Storable;
import dev.orchard.metadata.tag.TagAddress;
import dev.orchard.metadata.tag.TagCondition;
import dev.orchard.metadata.upload.StoredUpload;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload that shall come in parts.
 *
 * @param size how many bytes it will have, where that is known
 * @param sha256 what its content will be, where that is declared
 * @param partSize how many bytes every part has but the last
 */
record ResumableRequest(
        @NotNull(message = "is missing") ResumableKind kind,
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

        @Nullable @PositiveOrZero(message = "must not be negative")
        Long size,

        @Nullable Sha256 sha256,
        @Positive(message = "must be positive") long partSize,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch) {
    Optional<TagAddress> address() {
        return Optional.ofNullable(tag).map(set -> new TagAddress(project, packageName, set));
    }

    TagCondition condition() {
        return TagCondition.of(ifMatch, ifNoneMatch);
    }

    /** This upload as if its bytes had just been stored. */
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
