package dev.orchard.gateway.resumable;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;

/** Where an upload goes, and which one it is. */
public record Address(ProjectName project, PackageName packageName, String uploadId) {}
