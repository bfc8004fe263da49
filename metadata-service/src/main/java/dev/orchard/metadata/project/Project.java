package dev.orchard.metadata.project;

import dev.orchard.support.naming.ProjectName;
import java.time.Instant;

/** A project as a list shows it. */
public record Project(
        ProjectName name, String description, Visibility visibility, Instant createdAt, String createdBy) {}
