package dev.orchard.metadata.resumable;

import dev.orchard.metadata.packages.PackageLookup;
import dev.orchard.metadata.resumable.ResumableOutcome.Changed;
import dev.orchard.metadata.resumable.ResumableOutcome.Completed;
import dev.orchard.metadata.resumable.ResumableOutcome.Conflict;
import dev.orchard.metadata.resumable.ResumableOutcome.Missing;
import dev.orchard.metadata.resumable.ResumableOutcome.Refused;
import dev.orchard.metadata.tag.TagProblems;
import dev.orchard.metadata.upload.UploadOutcome;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/resumable}: the steps of an upload in parts, for the gateway. */
@RestController
@RequestMapping("/internal/resumable")
class ResumableController {
    private static final int MOST_PARTS = 10_000;

    private final ResumableService uploads;
    private final PackageLookup packages;

    ResumableController(ResumableService uploads, PackageLookup packages) {
        this.uploads = uploads;
        this.packages = packages;
    }

    record NewSize(
            @PositiveOrZero(message = "must not be negative")
            long size) {}

    @PostMapping
    ResponseEntity<Object> begin(@Valid @RequestBody ResumableRequest request) {
        if (request.tag() == null && (request.ifMatch() != null || request.ifNoneMatch() != null)) {
            throw ProblemException.invalid("tag", "is needed where If-Match or If-None-Match is given");
        }
        return answer(
                uploads.begin(request), HttpStatus.CREATED, HttpStatus.OK, request.project(), request.packageName());
    }

    @GetMapping("/{uploadId}")
    ResumableUpload get(
            @PathVariable UUID uploadId, @RequestParam ProjectName project, @RequestParam("package") PackageName name) {
        return uploads.find(uploadId, project, name).orElseThrow(ResumableController::missing);
    }

    @PostMapping("/{uploadId}/writer")
    ResponseEntity<Object> takeWriter(@PathVariable UUID uploadId) {
        return answer(uploads.takeWriter(uploadId));
    }

    @PutMapping("/{uploadId}/parts/{part}")
    ResponseEntity<Object> receive(
            @PathVariable UUID uploadId, @PathVariable int part, @Valid @RequestBody ReceivedPart received) {
        if (part < 1 || part > MOST_PARTS) {
            throw ProblemException.invalid("part", "must be from 1 to " + MOST_PARTS);
        }
        return answer(uploads.receive(uploadId, part, received));
    }

    @PostMapping("/{uploadId}/size")
    ResponseEntity<Object> setSize(@PathVariable UUID uploadId, @Valid @RequestBody NewSize size) {
        return answer(uploads.setSize(uploadId, size.size()));
    }

    @PostMapping("/{uploadId}/complete")
    ResponseEntity<Object> complete(@PathVariable UUID uploadId, @Valid @RequestBody AssembledBlob blob) {
        return answer(uploads.complete(uploadId, blob));
    }

    @DeleteMapping("/{uploadId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(@PathVariable UUID uploadId) {
        uploads.giveUp(uploadId);
    }

    private static ResponseEntity<Object> answer(ResumableOutcome outcome) {
        return answer(outcome, HttpStatus.OK, HttpStatus.CREATED);
    }

    private ResponseEntity<Object> answer(
            ResumableOutcome outcome,
            HttpStatus changed,
            HttpStatus completed,
            ProjectName project,
            PackageName packageName) {
        if (outcome instanceof Refused(UploadOutcome.NoPackage none)) {
            throw packages.missing(project, packageName);
        }
        return answer(outcome, changed, completed);
    }

    private static ResponseEntity<Object> answer(ResumableOutcome outcome, HttpStatus changed, HttpStatus completed) {
        return switch (outcome) {
            case Changed(var upload) -> ResponseEntity.status(changed).body(upload);
            case Completed(var answer) -> ResponseEntity.status(completed).body(answer);
            case Missing() -> throw missing();
            case Conflict(var present) ->
                throw new ProblemException(
                                ProblemType.UPLOAD_CONFLICT, "Somebody else goes on with it, or it is not as it was.")
                        .with("received_bytes", present.receivedBytes());
            case Refused(UploadOutcome.ConditionFailed(var present)) -> throw TagProblems.conditionFailed(present);
            case Refused(UploadOutcome.NoPackage()) ->
                throw new ProblemException(ProblemType.PACKAGE_NOT_FOUND, "Its package is not there any more.");
            case Refused(var other) -> throw new IllegalStateException("an upload in parts ended as " + other);
        };
    }

    private static ProblemException missing() {
        return new ProblemException(
                ProblemType.UPLOAD_NOT_FOUND,
                "There is no such upload in this package, or nobody waits for it any more.");
    }
}
