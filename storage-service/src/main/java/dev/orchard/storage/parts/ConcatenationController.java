package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobAnswer;
import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.SentBody;
import dev.orchard.storage.blob.WriteOutcome;
import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Blobs made of blobs, over HTTP ({@code docs/services.md}). */
@RestController
final class ConcatenationController {
    private static final int MOST = 10_000;

    private final ConcatenationService concatenations;

    ConcatenationController(ConcatenationService concatenations) {
        this.concatenations = concatenations;
    }

    /** The blobs to put together, in this order. */
    record ConcatenationRequest(
            @Nullable List<String> keys, @Nullable List<String> digests) {
        List<BlobKey> sources() {
            if (keys == null || keys.isEmpty() || keys.size() > MOST) {
                throw new InvalidValueException("keys", "must be from 1 to " + MOST);
            }
            return keys.stream().map(BlobKey::of).toList();
        }

        List<String> wantedDigests() {
            return digests == null ? List.of() : digests;
        }
    }

    @PostMapping("/blobs/{key}/concatenation")
    @ResponseStatus(HttpStatus.CREATED)
    BlobAnswer concatenate(@PathVariable BlobKey key, @RequestBody ConcatenationRequest request) throws IOException {
        var outcome = concatenations.concatenate(key, request.sources(), SentBody.digests(request.wantedDigests()));
        return switch (outcome) {
            case ConcatenationOutcome.SourceMissing(BlobKey missing) ->
                throw new ProblemException(ProblemType.BLOB_NOT_FOUND, "No blob has the key " + missing.id() + ".");
            case ConcatenationOutcome.Tried(WriteOutcome write) -> answer(key, write);
        };
    }

    private static BlobAnswer answer(BlobKey key, WriteOutcome write) {
        return switch (write) {
            case WriteOutcome.Written written -> BlobAnswer.of(key, written.size(), written.checksums());
            case WriteOutcome.KeyTaken() ->
                throw new ProblemException(ProblemType.BLOB_EXISTS, "A key is used for one write, ever.");
            case WriteOutcome.TooLarge(long limit) ->
                throw new ProblemException(
                        ProblemType.CONTENT_TOO_LARGE, "This store takes at most " + limit + " bytes of such a body.");
            case WriteOutcome.StoreFull() ->
                throw new ProblemException(ProblemType.STORAGE_FULL, "The store has no room for this blob.");
            case WriteOutcome.BodyBroken(String how) -> throw new IllegalStateException(how);
        };
    }
}
