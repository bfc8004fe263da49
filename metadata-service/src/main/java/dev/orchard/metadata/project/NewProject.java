package dev.orchard.metadata.project;

import dev.orchard.metadata.database.Storable;
import dev.orchard.support.naming.ProjectName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a client says of a project that it creates; private if it does not say. */
record NewProject(
        @NotNull(message = "is missing") ProjectName name,

        @Size(max = 2000, message = "must be at most 2000 characters long") @Storable @Nullable
        String description,

        @Nullable Visibility visibility) {

    String descriptionOrEmpty() {
        return description == null ? "" : description;
    }

    Visibility visibilityOrPrivate() {
        return visibility == null ? Visibility.PRIVATE : visibility;
    }
}
