package dev.orchard.gateway.upload;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.TagName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Uploads in one request: a form, or the raw bytes. */
@RestController
@RequestMapping("/api/v1/project/{project}/packages/{package}/upload")
class UploadController {
    private final UploadService uploads;

    UploadController(UploadService uploads) {
        this.uploads = uploads;
    }

    @PostMapping
    @Nullable
    ResponseEntity<JsonNode> post(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String filename,
            HttpServletRequest request,
            HttpServletResponse response) {
        return upload(project, packageName, tag, filename, request, response);
    }

    @PutMapping("/{filename}")
    @Nullable
    ResponseEntity<JsonNode> put(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @RequestParam @Nullable String tag,
            @PathVariable String filename,
            HttpServletRequest request,
            HttpServletResponse response) {
        return upload(project, packageName, tag, filename, request, response);
    }

    private @Nullable ResponseEntity<JsonNode> upload(
            ProjectName project,
            PackageName packageName,
            @Nullable String tag,
            @Nullable String filename,
            HttpServletRequest request,
            HttpServletResponse response) {
        var headers = new UploadHeaders(request);
        var upload = new UploadRequest(
                project,
                packageName,
                tag == null ? null : tag(tag),
                filename == null ? null : Filename.of(filename),
                headers.fileType(),
                headers.declared(),
                headers.fileLength(),
                headers.onlyKnownContent(),
                headers.expectsContinue(),
                headers.all(HttpHeaders.IF_MATCH),
                headers.all(HttpHeaders.IF_NONE_MATCH));
        var outcome = uploads.upload(upload, headers.body());
        boolean nobodyListens = outcome instanceof UploadOutcome.BrokenOff && response.isCommitted();
        return nobodyListens ? null : answer(upload, outcome);
    }

    /** A plus in a query means a space, which no tag has: {@code ?tag=1.0+b} means the tag that it shows. */
    private static TagName tag(String parameter) {
        return TagName.of(parameter.replace(' ', '+'));
    }

    private static ResponseEntity<JsonNode> answer(UploadRequest upload, UploadOutcome outcome) {
        return switch (outcome) {
            case UploadOutcome.Recorded recorded -> created(upload, recorded);
            case UploadOutcome.Refused refused -> throw refused.refusal().problem();
            case UploadOutcome.ContentUnknown unknown ->
                throw new ProblemException(ProblemType.CONTENT_NOT_FOUND, "Send the bytes: they are not here to take.");
            case UploadOutcome.DigestMismatch mismatch -> throw mismatch(mismatch);
            case UploadOutcome.BrokenOff brokenOff ->
                throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body ends before its end.");
            case UploadOutcome.TooLarge tooLarge ->
                throw new ProblemException(
                        ProblemType.CONTENT_TOO_LARGE, "An upload holds at most " + tooLarge.limit() + " bytes.");
            case UploadOutcome.StorageFull full ->
                throw new ProblemException(ProblemType.STORAGE_FULL, "Nothing of the upload was kept.");
            case UploadOutcome.StorageUnavailable unavailable ->
                throw unavailable(why(unavailable), "Nothing of the upload was kept.");
            case UploadOutcome.Unsettled unsettled ->
                throw unavailable(
                        ProblemType.SERVICE_UNAVAILABLE,
                        "Whether the upload was recorded is not known; sending it again is safe.");
        };
    }

    private static ResponseEntity<JsonNode> created(UploadRequest upload, UploadOutcome.Recorded recorded) {
        var location = URI.create("/api/v1/project/" + upload.project() + "/packages/" + upload.packageName()
                + "/download/sha256:" + recorded.sha256());
        return ResponseEntity.created(location)
                .contentType(MediaType.APPLICATION_JSON)
                .body(recorded.answer());
    }

    private static ProblemException mismatch(UploadOutcome.DigestMismatch mismatch) {
        return new ProblemException(
                        ProblemType.DIGEST_MISMATCH,
                        "Declared was " + mismatch.declared() + ", sent was " + mismatch.actual()
                                + "; nothing was kept.")
                .with("declared_sha256", mismatch.declared())
                .with("actual_sha256", mismatch.actual());
    }

    private static ProblemType why(UploadOutcome.StorageUnavailable unavailable) {
        var said = unavailable.why();
        return said == null ? ProblemType.SERVICE_UNAVAILABLE : said.type();
    }

    private static ProblemException unavailable(ProblemType why, String detail) {
        return new ProblemException(why, detail).withHeader(HttpHeaders.RETRY_AFTER, "1");
    }
}
