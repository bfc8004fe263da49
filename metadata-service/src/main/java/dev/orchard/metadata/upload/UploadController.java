package dev.orchard.metadata.upload;

import dev.orchard.metadata.packages.PackageLookup;
import dev.orchard.metadata.tag.TagProblems;
import dev.orchard.metadata.upload.UploadOutcome.Begun;
import dev.orchard.metadata.upload.UploadOutcome.Checked;
import dev.orchard.metadata.upload.UploadOutcome.Completed;
import dev.orchard.metadata.upload.UploadOutcome.ConditionFailed;
import dev.orchard.metadata.upload.UploadOutcome.Expired;
import dev.orchard.metadata.upload.UploadOutcome.NoPackage;
import dev.orchard.metadata.upload.UploadOutcome.Unknown;
import dev.orchard.support.naming.TagName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.validation.Valid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/uploads}: the two steps of an upload, for the gateway. */
@RestController
@RequestMapping("/internal/uploads")
class UploadController {
    private final UploadService uploads;
    private final PackageLookup packages;

    UploadController(UploadService uploads, PackageLookup packages) {
        this.uploads = uploads;
        this.packages = packages;
    }

    @PostMapping
    ResponseEntity<Object> begin(@Valid @RequestBody UploadRequest request) {
        requireTag(request.tag(), request.ifMatch(), request.ifNoneMatch());
        return switch (uploads.begin(request)) {
            case Begun begun -> ResponseEntity.status(HttpStatus.CREATED).body(begun);
            case Completed(var answer) -> ResponseEntity.ok(answer);
            case NoPackage() -> throw packages.missing(request.project(), request.packageName());
            case ConditionFailed(var present) -> throw TagProblems.conditionFailed(present);
            case Checked() -> ResponseEntity.noContent().build();
            case Expired() -> throw new IllegalStateException("an upload that begins has not expired");
            case Unknown() -> throw new IllegalStateException("unknown content is to be sent");
        };
    }

    @PostMapping("/{uploadId}/complete")
    ResponseEntity<UploadAnswer> complete(@PathVariable UUID uploadId, @Valid @RequestBody StoredUpload upload) {
        requireTag(upload.tag(), upload.ifMatch(), upload.ifNoneMatch());
        return switch (uploads.complete(uploadId, upload)) {
            case Completed(var answer) ->
                ResponseEntity.status(HttpStatus.CREATED).body(answer);
            case NoPackage() -> throw packages.missing(upload.project(), upload.packageName());
            case ConditionFailed(var present) -> throw TagProblems.conditionFailed(present);
            case Expired() ->
                throw new ProblemException(
                        ProblemType.UPLOAD_EXPIRED,
                        "The upload was given up or took longer than it may; send it again.");
            case Begun begun -> throw new IllegalStateException("an upload that completes does not begin");
            case Checked() -> throw new IllegalStateException("an upload that completes does not begin");
            case Unknown() -> throw new IllegalStateException("the bytes were sent");
        };
    }

    @DeleteMapping("/{uploadId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(@PathVariable UUID uploadId) {
        uploads.giveUp(uploadId);
    }

    private static void requireTag(@Nullable TagName tag, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (tag == null && (ifMatch != null || ifNoneMatch != null)) {
            throw ProblemException.invalid("tag", "is needed where If-Match or If-None-Match is given");
        }
    }
}
