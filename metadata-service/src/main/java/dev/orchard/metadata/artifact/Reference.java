package dev.orchard.metadata.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.TagName;

/** A tag that points at an artifact. */
record Reference(
        ProjectName project, @JsonProperty("package") PackageName packageName, TagName tag) {}
