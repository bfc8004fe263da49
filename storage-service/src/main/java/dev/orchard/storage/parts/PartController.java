package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobAnswer;
import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.SentBody;
import dev.orchard.storage.content.DigestState;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.support.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Blobs that come in parts, over HTTP ({@code docs/services.md}). */
@RestController
@RequestMapping("/uploads/{key}")
final class PartController {
    /** So much of a body that is too long is read to its end, so that its sender gets to read the answer. */
    private static final long PATIENCE_BYTES = 16 * 1024 * 1024;

    private final PartService parts;
    private final ProblemWriter problems;

    PartController(PartService parts, ProblemWriter problems) {
        this.parts = parts;
        this.problems = problems;
    }

    /** What the parts are sent to. */
    record UploadAnswer(String handle) {}

    /** A part that was kept. */
    record PartAnswer(
            int part,
            long size,
            String checksumCrc32c,
            String id,
            @Nullable String digestState) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    UploadAnswer begin(@PathVariable BlobKey key) throws IOException {
        return new UploadAnswer(parts.begin(key));
    }

    @PutMapping("/parts/{part}")
    @ResponseStatus(HttpStatus.CREATED)
    @Nullable
    PartAnswer write(
            @PathVariable BlobKey key,
            @PathVariable int part,
            @RequestParam(defaultValue = "") String handle,
            @RequestParam long whole,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = "X-Digest-State", required = false) @Nullable String before,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var address = new PartAddress(key, handle, part, whole);
        var outcome = parts.write(
                address,
                SentBody.of(request, List.of()),
                after == null || after.isEmpty() ? null : after,
                before == null ? null : DigestState.of(before));
        return switch (outcome) {
            case PartOutcome.Stored(StoredPart stored, @Nullable DigestState state) -> answer(stored, state);
            case PartOutcome.NoUpload() -> throw noUpload();
            case PartOutcome.BodyBroken(String how) -> {
                SentBody.refuse(how, response);
                yield null;
            }
            case PartOutcome.TooLarge(long limit) -> refuse(tooLarge(limit), request, response);
            case PartOutcome.StoreFull() -> throw full();
        };
    }

    @PostMapping("/complete")
    @ResponseStatus(HttpStatus.CREATED)
    BlobAnswer complete(@PathVariable BlobKey key, @RequestBody CompleteRequest request) throws IOException {
        var outcome = parts.complete(
                key,
                request.knownHandle(),
                request.orderedParts(),
                SentBody.digests(request.wantedDigests()),
                request.knownState());
        return switch (outcome) {
            case CompleteOutcome.Completed(long size, var sums) -> BlobAnswer.of(key, size, sums);
            case CompleteOutcome.Missing(var missing) ->
                throw new ProblemException(ProblemType.UPLOAD_INCOMPLETE, "Send the missing parts again.")
                        .with("missing", missing);
            case CompleteOutcome.NoUpload() -> throw noUpload();
            case CompleteOutcome.StoreFull() -> throw full();
        };
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void abandon(@PathVariable BlobKey key) throws IOException {
        parts.abandon(key);
    }

    private static PartAnswer answer(StoredPart stored, @Nullable DigestState state) {
        return new PartAnswer(
                stored.part(),
                stored.size(),
                stored.checksumCrc32c(),
                stored.id(),
                state == null ? null : state.toString());
    }

    /** The container would read a body in chunks to its end, if it had one: past some patience the connection ends. */
    private @Nullable PartAnswer refuse(
            ProblemException problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getContentLengthLong() >= 0 || SentBody.endsWithin(PATIENCE_BYTES, request)) {
            throw problem;
        }
        response.setHeader(HttpHeaders.CONNECTION, "close");
        problems.write(problem, request, response);
        response.flushBuffer();
        throw new IOException("the body of a part goes on and on");
    }

    private static ProblemException tooLarge(long limit) {
        return new ProblemException(ProblemType.CONTENT_TOO_LARGE, "The part is complete with " + limit + " bytes.");
    }

    private static ProblemException noUpload() {
        return new ProblemException(ProblemType.UPLOAD_NOT_FOUND, "No parts are taken under this key.");
    }

    private static ProblemException full() {
        return new ProblemException(ProblemType.STORAGE_FULL, "The store has no room for this upload.");
    }
}
