package dev.orchard.gateway.tus;

import dev.orchard.gateway.resumable.Address;
import dev.orchard.gateway.resumable.CompletionOutcome;
import dev.orchard.gateway.resumable.CompletionProblems;
import dev.orchard.gateway.resumable.Kind;
import dev.orchard.gateway.resumable.OpenUpload;
import dev.orchard.gateway.resumable.ResumableRecordClient;
import dev.orchard.gateway.resumable.StateOutcome;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What tus does with an upload that there is. */
@RestController
@RequestMapping("/api/v1/project/{project}/packages/{package}/tus/{upload_id}")
class TusController {
    private final ResumableRecordClient records;
    private final AppendService uploads;

    TusController(ResumableRecordClient records, AppendService uploads) {
        this.records = records;
        this.uploads = uploads;
    }

    /** The finished upload's answer is for everyone, whether or not they speak tus. */
    @ModelAttribute
    void requireVersion(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            new TusHeaders(request).requireVersion();
        }
    }

    /**
     * An upload whose last step failed is completed now: a client that is told of all its bytes asks no more. And the
     * offset that is told stays: a chunk whose connection broke may still be read here, and would move it.
     */
    @RequestMapping(method = RequestMethod.HEAD)
    ResponseEntity<Void> head(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable("upload_id") String uploadId) {
        return switch (settle(new Address(project, packageName, uploadId))) {
            case StateOutcome.Open(var upload) -> {
                requireEnded(uploads.endIfWhole(upload));
                yield TusAnswers.state(upload);
            }
            case StateOutcome.Assembled(var upload) -> TusAnswers.state(upload);
            case StateOutcome.Completed(var answer) -> TusAnswers.state(answer);
            default -> throw CompletionProblems.gone();
        };
    }

    @PatchMapping
    @Nullable
    ResponseEntity<Void> append(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable("upload_id") String uploadId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var headers = new TusHeaders(request);
        headers.requireChunk();
        var chunk = new Chunk(
                headers.offset(),
                headers.bodyLength(),
                headers.length().orElse(null),
                new ChunkStream(request.getInputStream(), headers.checksum()));
        return switch (find(new Address(project, packageName, uploadId))) {
            case StateOutcome.Open(var upload) -> appended(uploads.append(upload, chunk), response);
            case StateOutcome.Assembled(var upload) -> nothingMore(chunk, upload.receivedBytes(), false);
            case StateOutcome.Completed(var answer) ->
                nothingMore(
                        chunk,
                        answer.path("size").asLong(0),
                        answer.path("deduplicated").asBoolean(false));
            default -> throw CompletionProblems.gone();
        };
    }

    @GetMapping
    JsonNode get(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable("upload_id") String uploadId) {
        return switch (find(new Address(project, packageName, uploadId))) {
            case StateOutcome.Open(var upload) -> answerOf(upload);
            case StateOutcome.Completed(var answer) -> answer;
            case StateOutcome.Assembled piece ->
                throw new ProblemException(ProblemType.UPLOAD_CONFLICT, "It is a piece of another upload.");
            default -> throw CompletionProblems.gone();
        };
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void terminate(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable("upload_id") String uploadId) {
        var upload = switch (find(new Address(project, packageName, uploadId))) {
            case StateOutcome.Open(var open) -> open;
            case StateOutcome.Assembled(var piece) -> piece;
            case StateOutcome.Completed completed -> throw CompletionProblems.completed();
            default -> throw CompletionProblems.gone();
        };
        if (records.giveUp(upload) instanceof StateOutcome.Refused(var refusal)) {
            throw refusal.problem();
        }
    }

    /** As {@link #find}, and whoever writes now records nothing more. */
    private StateOutcome settle(Address address) {
        var state = find(address);
        return state instanceof StateOutcome.Open(var upload) && !upload.isWhole()
                ? known(records.takeWriter(upload.uploadId()))
                : state;
    }

    private StateOutcome find(Address address) {
        return known(records.find(address));
    }

    private static StateOutcome known(StateOutcome state) {
        return switch (state) {
            case StateOutcome.Open(var upload) when upload.kind() == Kind.PARTS -> throw CompletionProblems.gone();
            case StateOutcome.Refused(var refusal) -> throw refusal.problem();
            case StateOutcome.Unsettled unsettled -> throw CompletionProblems.unavailable("Try again.");
            default -> state;
        };
    }

    private JsonNode answerOf(OpenUpload upload) {
        var outcome = uploads.endIfWhole(upload);
        if (outcome instanceof AppendOutcome.Ended(var whole, CompletionOutcome.Recorded(var answer))) {
            return answer;
        }
        requireEnded(outcome);
        throw new ProblemException(
                ProblemType.UPLOAD_INCOMPLETE, "The upload goes on at " + upload.receivedBytes() + ".");
    }

    private static void requireEnded(AppendOutcome outcome) {
        TusAnswers.appended(outcome);
    }

    private static @Nullable ResponseEntity<Void> appended(AppendOutcome outcome, HttpServletResponse response) {
        boolean nobodyListens = outcome instanceof AppendOutcome.BrokenOff && response.isCommitted();
        return nobodyListens ? null : TusAnswers.appended(outcome);
    }

    /** Of content that was known by its digest any chunk is here already, so a client that sends it all the same may. */
    private static ResponseEntity<Void> nothingMore(Chunk chunk, long size, boolean known) {
        Long length = chunk.length();
        long end = length == null ? size : chunk.offset() + length;
        // Reading tells whether a chunk of unknown length is empty, and has a client go on that waits to be asked to.
        boolean nothing =
                chunk.offset() == size && (length == null ? !chunk.stream().hasMore() : length == 0);
        if (nothing || (known && end <= size)) {
            return TusAnswers.at(end, null);
        }
        throw TusAnswers.wrongOffset(size);
    }
}
