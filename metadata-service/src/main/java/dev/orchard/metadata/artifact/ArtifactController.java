package dev.orchard.metadata.artifact;

import dev.orchard.support.naming.Sha256;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /artifacts/{sha256}}. */
@RestController
class ArtifactController {
    private final ArtifactService artifacts;

    ArtifactController(ArtifactService artifacts) {
        this.artifacts = artifacts;
    }

    @GetMapping("/api/v1/artifacts/{sha256}")
    ArtifactDetails get(@PathVariable Sha256 sha256) {
        return artifacts
                .details(sha256)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ARTIFACT_NOT_FOUND, "There is no artifact " + sha256 + " that you may read."));
    }
}
