package dev.orchard.metadata.content;

import dev.orchard.metadata.packages.PackageLookup;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/content}: what a tag or a digest means in a package, for the gateway's downloads. */
@RestController
@RequestMapping("/internal/content")
class ContentController {
    private static final String DIGEST = "sha256:";

    private final ContentService content;
    private final PackageLookup packages;

    ContentController(ContentService content, PackageLookup packages) {
        this.content = content;
        this.packages = packages;
    }

    @GetMapping
    Content get(
            @RequestParam ProjectName project, @RequestParam("package") PackageName name, @RequestParam String ref) {
        return ref.startsWith(DIGEST)
                ? byDigest(project, name, Sha256.of(ref.substring(DIGEST.length())))
                : byTag(project, name, TagName.of(ref));
    }

    @PostMapping("/unavailable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void report(@Valid @RequestBody UnavailableBlob blob) {
        content.report(blob);
    }

    private Content byDigest(ProjectName project, PackageName name, Sha256 digest) {
        return content.find(project, name, digest)
                .orElseThrow(() -> missing(
                        project,
                        name,
                        ProblemType.ARTIFACT_NOT_FOUND,
                        "No artifact " + digest + " can be reached in this package."));
    }

    private Content byTag(ProjectName project, PackageName name, TagName tag) {
        return content.find(project, name, tag)
                .orElseThrow(() -> missing(
                        project, name, ProblemType.TAG_NOT_FOUND, "There is no tag " + tag + " in this package."));
    }

    /** Only what is not there is asked after once more: perhaps its package is not there either. */
    private ProblemException missing(ProjectName project, PackageName name, ProblemType type, String detail) {
        packages.requirePackage(project, name);
        return new ProblemException(type, detail);
    }
}
