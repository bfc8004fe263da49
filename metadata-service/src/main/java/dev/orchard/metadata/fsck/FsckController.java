package dev.orchard.metadata.fsck;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /admin/fsck}: checks of the whole. */
@RestController
@RequestMapping("/api/v1/admin/fsck")
class FsckController {
    private final FsckService fsck;

    FsckController(FsckService fsck) {
        this.fsck = fsck;
    }

    record Jobs(List<FsckJob> items) {}

    @PostMapping
    ResponseEntity<FsckJob> begin(@Valid @RequestBody(required = false) @Nullable FsckRequest request) {
        var job = fsck.begin(request == null ? new FsckRequest(null, null, null) : request)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.FSCK_RUNNING, "One at a time: wait for it, or delete it, which ends it."));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/admin/fsck/" + job.jobId()))
                .body(job);
    }

    @GetMapping
    Jobs list() {
        return new Jobs(fsck.list());
    }

    @GetMapping("/{jobId}")
    FsckJob get(@PathVariable UUID jobId) {
        return fsck.find(jobId)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.FSCK_NOT_FOUND, "There is no check " + jobId + "."));
    }

    @DeleteMapping("/{jobId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable UUID jobId) {
        fsck.cancel(jobId);
    }
}
