package dev.orchard.metadata.packages;

/** What comes of creating a package. */
sealed interface CreateOutcome {
    record Created(PackageDetails details) implements CreateOutcome {}

    record NameTaken() implements CreateOutcome {}

    record NoProject() implements CreateOutcome {}
}
