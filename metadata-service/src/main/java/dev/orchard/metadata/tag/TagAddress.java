package dev.orchard.metadata.tag;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.TagName;

/** Where a tag is. */
public record TagAddress(ProjectName project, PackageName packageName, TagName tag) {
    @Override
    public String toString() {
        return project + "/" + packageName + ":" + tag;
    }
}
