package dev.orchard.gateway.resumable;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.relay.JsonBody;
import dev.orchard.gateway.resumable.UploadState.PartState;
import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads in parts: begun, sent in any order, completed. */
@RestController
@RequestMapping("/api/v1/project/{project}/packages/{package}/uploads")
class PartUploadController {
    private final ResumableRecordClient records;
    private final PartService parts;
    private final CompletionService completion;
    private final JsonBody bodies;
    private final JsonMapper json;
    private final GatewaySettings settings;

    PartUploadController(
            ResumableRecordClient records,
            PartService parts,
            CompletionService completion,
            JsonBody bodies,
            JsonMapper json,
            GatewaySettings settings) {
        this.records = records;
        this.parts = parts;
        this.completion = completion;
        this.bodies = bodies;
        this.json = json;
        this.settings = settings;
    }

    /** An upload that has begun. */
    record Begun(String uploadId, String status, long partSize, int maxParts, Instant expiresAt) {}

    @PostMapping
    ResponseEntity<Object> begin(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            HttpServletRequest request) {
        return switch (records.begin(newUpload(project, packageName, request))) {
            case StateOutcome.Open(var upload) -> begun(upload);
            case StateOutcome.Completed(var answer) -> ResponseEntity.ok(answer);
            case StateOutcome.Refused(var refusal) -> throw refusal.problem();
            case StateOutcome.Assembled assembled -> throw new IllegalStateException("begun and whole at once");
            case StateOutcome.Unsettled unsettled -> throw away();
        };
    }

    @PutMapping("/{upload_id}/parts/{part}")
    @Nullable
    ResponseEntity<PartState> put(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable("upload_id") String uploadId,
            @PathVariable int part,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var upload = open(new Address(project, packageName, uploadId));
        long length = request.getContentLengthLong();
        var outcome = parts.put(upload, part, request.getInputStream(), length < 0 ? null : length);
        boolean nobodyListens = outcome instanceof PutOutcome.BrokenOff && response.isCommitted();
        return nobodyListens ? null : ResponseEntity.ok(PartState.of(recorded(outcome)));
    }

    @GetMapping("/{upload_id}")
    UploadState get(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable("upload_id") String uploadId) {
        return switch (records.find(new Address(project, packageName, uploadId))) {
            case StateOutcome.Open(var upload) -> UploadState.of(inParts(upload));
            case StateOutcome.Completed(var answer) -> UploadState.completed(uploadId, answer);
            case StateOutcome.Assembled assembled -> throw CompletionProblems.gone();
            case StateOutcome.Refused(var refusal) -> throw refusal.problem();
            case StateOutcome.Unsettled unsettled -> throw away();
        };
    }

    /** A body says nothing here; one that is sent all the same is read within its bound and dropped. */
    @PostMapping("/{upload_id}/complete")
    ResponseEntity<JsonNode> complete(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable("upload_id") String uploadId,
            HttpServletRequest request) {
        bodies.readOptional(request);
        var address = new Address(project, packageName, uploadId);
        var outcome = switch (records.find(address)) {
            case StateOutcome.Open(var upload) -> completion.complete(inParts(upload));
            case StateOutcome.Completed(var answer) -> new CompletionOutcome.Recorded(answer);
            case StateOutcome.Assembled assembled -> new CompletionOutcome.Gone();
            case StateOutcome.Refused(var refusal) -> new CompletionOutcome.Refused(refusal);
            case StateOutcome.Unsettled unsettled -> throw away();
        };
        if (outcome instanceof CompletionOutcome.Recorded recorded) {
            return ResponseEntity.created(download(address, recorded)).body(recorded.answer());
        }
        throw CompletionProblems.of(outcome);
    }

    @DeleteMapping("/{upload_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable("upload_id") String uploadId) {
        var upload = open(new Address(project, packageName, uploadId));
        if (records.giveUp(upload) instanceof StateOutcome.Refused(var refusal)) {
            throw refusal.problem();
        }
    }

    private OpenUpload open(Address address) {
        return switch (records.find(address)) {
            case StateOutcome.Open(var upload) -> inParts(upload);
            case StateOutcome.Completed completed -> throw CompletionProblems.completed();
            case StateOutcome.Assembled assembled -> throw CompletionProblems.gone();
            case StateOutcome.Refused(var refusal) -> throw refusal.problem();
            case StateOutcome.Unsettled unsettled -> throw away();
        };
    }

    /** An upload over tus has one writer, which nothing here could become. */
    private static OpenUpload inParts(OpenUpload upload) {
        if (upload.kind() != Kind.PARTS) {
            throw CompletionProblems.gone();
        }
        return upload;
    }

    private NewUpload newUpload(ProjectName project, PackageName packageName, HttpServletRequest request) {
        var wanted = read(bodies.read(request));
        var size = wanted.size();
        if (size != null && size > settings.uploadLimit().toBytes()) {
            throw new ProblemException(
                    ProblemType.CONTENT_TOO_LARGE,
                    "An upload has at most " + settings.uploadLimit().toBytes() + " bytes.");
        }
        return new NewUpload(
                Kind.PARTS,
                project,
                packageName,
                wanted.tag(),
                wanted.name(),
                wanted.type(),
                size,
                wanted.sha256(),
                PartPlan.of(size, settings.partSize().toBytes()).partSize(),
                all(request, HttpHeaders.IF_MATCH),
                all(request, HttpHeaders.IF_NONE_MATCH));
    }

    /** The lines of a header as one value (RFC 9110, section 5.3). */
    private static @Nullable String all(HttpServletRequest request, String name) {
        var values = Collections.list(request.getHeaders(name));
        return values.isEmpty() ? null : String.join(", ", values);
    }

    private UploadRequest read(byte[] body) {
        try {
            var request = json.readValue(body, UploadRequest.class);
            if (request == null) {
                throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not the JSON of this route.");
            }
            return request;
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private static RuntimeException unreadable(JacksonException unreadable) {
        return NestedExceptionUtils.getRootCause(unreadable) instanceof InvalidValueException invalid
                ? invalid
                : new ProblemException(
                        ProblemType.MALFORMED_REQUEST, "The body is not the JSON that this route takes.");
    }

    private static ResponseEntity<Object> begun(OpenUpload upload) {
        var location = URI.create("/api/v1/project/" + upload.project() + "/packages/" + upload.packageName()
                + "/uploads/" + upload.uploadId());
        return ResponseEntity.created(location)
                .body(new Begun(
                        upload.uploadId(), "in_progress", upload.partSize(), PartPlan.MAX_PARTS, upload.expiresAt()));
    }

    private static URI download(Address address, CompletionOutcome.Recorded recorded) {
        return URI.create("/api/v1/project/" + address.project() + "/packages/" + address.packageName()
                + "/download/sha256:" + recorded.sha256());
    }

    private static Part recorded(PutOutcome outcome) {
        return switch (outcome) {
            case PutOutcome.Recorded(var part) -> part;
            case PutOutcome.NoSuchPart none ->
                throw ProblemException.invalid("part", "must be from 1 to the last part of the upload");
            case PutOutcome.TooLarge(long whole) ->
                throw new ProblemException(
                        ProblemType.CONTENT_TOO_LARGE, "This part has at most " + whole + " bytes; it was not kept.");
            case PutOutcome.TooShort(long whole) ->
                throw ProblemException.invalid("part", "must have exactly " + whole + " bytes");
            case PutOutcome.Completed completed -> throw CompletionProblems.completed();
            case PutOutcome.Refused(var refusal) -> throw refusal.problem();
            case PutOutcome.Gone gone -> throw CompletionProblems.gone();
            case PutOutcome.BrokenOff brokenOff ->
                throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body ends before its end.");
            case PutOutcome.StorageFull full -> throw CompletionProblems.full();
            case PutOutcome.Unavailable(var why) ->
                throw CompletionProblems.unavailable(why, "This part was not kept; send it again.");
        };
    }

    private static ProblemException away() {
        return CompletionProblems.unavailable("The metadata service cannot be reached; try again.");
    }
}
