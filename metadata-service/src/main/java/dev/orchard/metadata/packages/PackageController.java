package dev.orchard.metadata.packages;

import dev.orchard.metadata.artifact.Artifact;
import dev.orchard.metadata.artifact.ArtifactService;
import dev.orchard.metadata.packages.CreateOutcome.Created;
import dev.orchard.metadata.packages.CreateOutcome.NameTaken;
import dev.orchard.metadata.packages.CreateOutcome.NoProject;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.paging.Cursor;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /project/{project}/packages} and each package below it. */
@RestController
@RequestMapping("/api/v1/project/{project}/packages")
class PackageController {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final PackageService packages;
    private final ArtifactService artifacts;
    private final PackageLookup lookup;

    PackageController(PackageService packages, ArtifactService artifacts, PackageLookup lookup) {
        this.packages = packages;
        this.artifacts = artifacts;
        this.lookup = lookup;
    }

    @PostMapping
    ResponseEntity<PackageDetails> create(@PathVariable ProjectName project, @Valid @RequestBody NewPackage created) {
        return switch (packages.create(project, created)) {
            case Created(var details) ->
                ResponseEntity.created(URI.create("/api/v1/project/" + project + "/packages/" + created.name()))
                        .body(details);
            case NameTaken() ->
                throw new ProblemException(
                        ProblemType.PACKAGE_EXISTS, project + " has a package named " + created.name() + " already.");
            case NoProject() -> throw lookup.noProject(project);
        };
    }

    @GetMapping
    Page<Package> list(
            @PathVariable ProjectName project,
            @RequestParam @Nullable String q,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable Cursor cursor) {
        lookup.requireProject(project);
        return packages.list(project, q == null ? "" : q, PageRequest.of(limit, cursor));
    }

    @GetMapping("/{package}")
    PackageDetails get(@PathVariable ProjectName project, @PathVariable("package") PackageName name) {
        return packages.find(project, name).orElseThrow(() -> lookup.missing(project, name));
    }

    @GetMapping("/{package}/artifacts")
    Page<Artifact> artifacts(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName name,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable Cursor cursor) {
        lookup.requirePackage(project, name);
        return artifacts.list(project, name, PageRequest.of(limit, cursor).keyed(DIGEST));
    }

    @DeleteMapping("/{package}")
    PackageDeletion delete(@PathVariable ProjectName project, @PathVariable("package") PackageName name) {
        return packages.delete(project, name).orElseThrow(() -> lookup.missing(project, name));
    }
}
