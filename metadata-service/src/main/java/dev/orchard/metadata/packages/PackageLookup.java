package dev.orchard.metadata.packages;

import dev.orchard.metadata.project.ProjectService;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import org.springframework.stereotype.Component;

/** For the controllers of everything in a package: tells a missing project from a missing package. */
@Component
public class PackageLookup {
    private final ProjectService projects;
    private final PackageService packages;

    PackageLookup(ProjectService projects, PackageService packages) {
        this.projects = projects;
        this.packages = packages;
    }

    /** @throws ProblemException if there is no such package */
    public void requirePackage(ProjectName project, PackageName name) {
        if (!packages.exists(project, name)) {
            throw missing(project, name);
        }
    }

    void requireProject(ProjectName project) {
        if (!projects.exists(project)) {
            throw noProject(project);
        }
    }

    /** The problem of a package that is not there: perhaps its project is not there either. */
    public ProblemException missing(ProjectName project, PackageName name) {
        return projects.exists(project)
                ? new ProblemException(ProblemType.PACKAGE_NOT_FOUND, project + " has no package named " + name + ".")
                : noProject(project);
    }

    ProblemException noProject(ProjectName project) {
        return new ProblemException(ProblemType.PROJECT_NOT_FOUND, "There is no project named " + project + ".");
    }
}
