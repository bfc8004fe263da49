package dev.orchard.metadata.packages;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import java.time.Instant;

/** A package as a list shows it. */
public record Package(ProjectName project, PackageName name, String description, Instant createdAt, String createdBy) {}
