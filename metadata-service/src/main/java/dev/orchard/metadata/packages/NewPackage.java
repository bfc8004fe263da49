package dev.orchard.metadata.packages;

import dev.orchard.metadata.database.Storable;
import dev.orchard.support.naming.PackageName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a client says of a package that it creates. */
record NewPackage(
        @NotNull(message = "is missing") PackageName name,

        @Size(max = 2000, message = "must be at most 2000 characters long") @Storable @Nullable
        String description) {

    String descriptionOrEmpty() {
        return description == null ? "" : description;
    }
}
