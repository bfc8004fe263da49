package dev.orchard.gateway.tus;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.gateway.resumable.Address;
import dev.orchard.gateway.resumable.CompletionProblems;
import dev.orchard.gateway.resumable.Kind;
import dev.orchard.gateway.resumable.NewUpload;
import dev.orchard.gateway.resumable.OpenUpload;
import dev.orchard.gateway.resumable.PartPlan;
import dev.orchard.gateway.resumable.ResumableRecordClient;
import dev.orchard.gateway.resumable.StateOutcome;
import dev.orchard.gateway.upload.Filename;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Where uploads over tus begin. */
@RestController
@RequestMapping("/api/v1/project/{project}/packages/{package}/tus")
class TusCreationController {
    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,expiration,checksum," + "termination,concatenation";

    private final ResumableRecordClient records;
    private final AppendService uploads;
    private final FinalService finals;
    private final GatewaySettings settings;

    TusCreationController(
            ResumableRecordClient records, AppendService uploads, FinalService finals, GatewaySettings settings) {
        this.records = records;
        this.uploads = uploads;
        this.finals = finals;
        this.settings = settings;
    }

    /** What is spoken here, for one upload as for all. */
    @RequestMapping(
            path = {"", "/{upload_id}"},
            method = RequestMethod.OPTIONS)
    ResponseEntity<Void> options() {
        return ResponseEntity.noContent()
                .header(TusHeaders.VERSIONS, TusHeaders.VERSION)
                .header("Tus-Extension", EXTENSIONS)
                .header("Tus-Max-Size", String.valueOf(settings.uploadLimit().toBytes()))
                .header("Tus-Checksum-Algorithm", String.join(",", ChunkChecksum.ALGORITHMS))
                .build();
    }

    @PostMapping
    @Nullable
    ResponseEntity<Void> create(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var headers = new TusHeaders(request);
        headers.requireVersion();
        return switch (headers.concat(project, packageName)) {
            case Concat.None none -> begin(upload(Kind.TUS, project, packageName, headers), headers, request, response);
            case Concat.Partial partial ->
                begin(upload(Kind.TUS_PARTIAL, project, packageName, headers), headers, request, response);
            case Concat.Final parts -> {
                if (headers.length().isPresent()) {
                    throw TusHeaders.malformed(TusHeaders.CONCAT + " without " + TusHeaders.LENGTH);
                }
                yield concatenate(wanted(Kind.TUS, project, packageName, headers, null), parts);
            }
        };
    }

    private @Nullable ResponseEntity<Void> begin(
            NewUpload wanted, TusHeaders headers, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var chunk = new Chunk(
                0,
                headers.isChunk() ? headers.bodyLength() : Long.valueOf(0),
                null,
                new ChunkStream(request.getInputStream(), headers.checksum()));
        return switch (records.begin(wanted)) {
            case StateOutcome.Open(var upload) -> firstChunk(upload, chunk, response);
            case StateOutcome.Completed(var answer) -> known(wanted, answer);
            case StateOutcome.Refused(var refusal) -> throw refusal.problem();
            case StateOutcome.Assembled assembled -> throw new IllegalStateException("begun and whole at once");
            case StateOutcome.Unsettled unsettled -> throw CompletionProblems.unavailable("Try again.");
        };
    }

    private @Nullable ResponseEntity<Void> firstChunk(OpenUpload upload, Chunk chunk, HttpServletResponse response) {
        var outcome = uploads.append(upload, chunk);
        if (outcome instanceof AppendOutcome.BrokenOff && response.isCommitted()) {
            return null;
        }
        var offset = TusAnswers.appended(outcome).getHeaders().getFirst(TusHeaders.OFFSET);
        return TusAnswers.created(
                new Address(upload.project(), upload.packageName(), upload.uploadId()),
                upload,
                offset == null ? null : Long.valueOf(offset));
    }

    private ResponseEntity<Void> concatenate(NewUpload wanted, Concat.Final parts) {
        return switch (finals.concatenate(wanted, parts.uploadIds())) {
            case FinalOutcome.Recorded(var answer) -> known(wanted, answer);
            case FinalOutcome failure -> throw TusAnswers.problem(failure);
        };
    }

    private static ResponseEntity<Void> known(NewUpload wanted, JsonNode answer) {
        var address = new Address(
                wanted.project(), wanted.packageName(), answer.path("upload_id").asString(""));
        return TusAnswers.created(address, null, answer.path("size").asLong(0));
    }

    private NewUpload upload(Kind kind, ProjectName project, PackageName packageName, TusHeaders headers) {
        Long size = headers.lengthOfNew();
        long limit = settings.uploadLimit().toBytes();
        if (size != null && size > limit) {
            throw TusAnswers.tooLarge(limit);
        }
        return wanted(kind, project, packageName, headers, size);
    }

    /** What is said of a piece is not said of the whole: only the whole has a tag and a digest. */
    private NewUpload wanted(
            Kind kind, ProjectName project, PackageName packageName, TusHeaders headers, @Nullable Long size) {
        var metadata = headers.metadata();
        boolean piece = kind == Kind.TUS_PARTIAL;
        return new NewUpload(
                kind,
                project,
                packageName,
                piece ? null : metadata.tag().orElse(null),
                metadata.filename().orElseGet(() -> Filename.of(packageName)),
                metadata.filetype(),
                size,
                piece ? null : metadata.sha256().orElse(null),
                PartPlan.of(size, settings.partSize().toBytes()).partSize(),
                piece ? null : headers.all(HttpHeaders.IF_MATCH),
                piece ? null : headers.all(HttpHeaders.IF_NONE_MATCH));
    }
}
