package dev.orchard.gateway.tus;

import dev.orchard.gateway.resumable.Address;
import dev.orchard.gateway.resumable.CompletionOutcome;
import dev.orchard.gateway.resumable.CompletionProblems;
import dev.orchard.gateway.resumable.Kind;
import dev.orchard.gateway.resumable.OpenUpload;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** How outcomes are told over tus. */
final class TusAnswers {
    private TusAnswers() {}

    /** How far an upload is, for one who may have forgotten. */
    static ResponseEntity<Void> state(OpenUpload upload) {
        var answer = ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(TusHeaders.OFFSET, String.valueOf(upload.receivedBytes()))
                .headers(headers -> expires(headers, upload))
                .header(TusHeaders.METADATA, TusMetadata.format(metadata(upload)));
        var size = upload.size();
        if (size == null) {
            answer.header(TusHeaders.DEFER_LENGTH, "1");
        } else {
            answer.header(TusHeaders.LENGTH, String.valueOf(size));
        }
        if (upload.kind() == Kind.TUS_PARTIAL) {
            answer.header(TusHeaders.CONCAT, "partial");
        }
        return answer.build();
    }

    /** The same of one that is an artifact. */
    static ResponseEntity<Void> state(JsonNode completed) {
        String size = String.valueOf(completed.path("size").asLong(0));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("filename", completed.path("filename").asString(""));
        metadata.put("filetype", completed.path("content_type").asString(""));
        if (completed.path("tag").isString()) {
            metadata.put("tag", completed.path("tag").asString());
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(TusHeaders.OFFSET, size)
                .header(TusHeaders.LENGTH, size)
                .header(TusHeaders.METADATA, TusMetadata.format(metadata))
                .build();
    }

    /** @param offset how far the upload is already, where that is more than nothing */
    static ResponseEntity<Void> created(Address address, @Nullable OpenUpload upload, @Nullable Long offset) {
        var answer = ResponseEntity.created(URI.create("/api/v1/project/" + address.project() + "/packages/"
                + address.packageName() + "/tus/" + address.uploadId()));
        if (offset != null) {
            answer.header(TusHeaders.OFFSET, String.valueOf(offset));
        }
        if (upload != null) {
            answer.headers(headers -> expires(headers, upload));
        }
        return answer.build();
    }

    /** How far an upload is after a chunk, or why it is not. */
    static ResponseEntity<Void> appended(AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Appended(var upload) -> at(upload.receivedBytes(), upload);
            case AppendOutcome.Ended(var upload, CompletionOutcome.Recorded recorded) ->
                at(upload.receivedBytes(), null);
            case AppendOutcome.Ended(var upload, CompletionOutcome.Assembled(var piece)) ->
                at(upload.receivedBytes(), piece);
            default -> throw problem(outcome);
        };
    }

    static ResponseEntity<Void> at(long offset, @Nullable OpenUpload upload) {
        var answer = ResponseEntity.noContent().header(TusHeaders.OFFSET, String.valueOf(offset));
        if (upload != null) {
            answer.headers(headers -> expires(headers, upload));
        }
        return answer.build();
    }

    /** Of an outcome that is no success. */
    static ProblemException problem(AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Ended(var upload, var end) -> CompletionProblems.of(end);
            case AppendOutcome.WrongOffset(long offset) -> wrongOffset(offset);
            case AppendOutcome.TooLarge(long limit) -> tooLarge(limit);
            case AppendOutcome.LengthTooSmall small ->
                new ProblemException(ProblemType.UPLOAD_CONFLICT, "More than this length is here already.");
            case AppendOutcome.ChecksumMismatch mismatch ->
                new ProblemException(ProblemType.CHECKSUM_MISMATCH, "Nothing of the chunk was kept; send it again.");
            case AppendOutcome.Refused(var refusal) -> refusal.problem();
            case AppendOutcome.Closed closed -> CompletionProblems.completed();
            case AppendOutcome.Gone gone -> CompletionProblems.gone();
            case AppendOutcome.StorageFull full -> CompletionProblems.full();
            case AppendOutcome.Unavailable(var why) ->
                CompletionProblems.unavailable(why, "Ask for the offset, and go on from there.");
            case AppendOutcome.BrokenOff brokenOff ->
                new ProblemException(ProblemType.MALFORMED_REQUEST, "The body ends before its end.");
            case AppendOutcome.Appended appended -> throw new IllegalArgumentException("a success is no problem");
        };
    }

    static ProblemException wrongOffset(long offset) {
        return new ProblemException(ProblemType.UPLOAD_CONFLICT, "The upload goes on at " + offset + ".")
                .withHeader(TusHeaders.OFFSET, String.valueOf(offset));
    }

    static ProblemException tooLarge(long limit) {
        return new ProblemException(ProblemType.CONTENT_TOO_LARGE, "This upload has at most " + limit + " bytes.");
    }

    /** Of a final upload that is none. */
    static ProblemException problem(FinalOutcome outcome) {
        return switch (outcome) {
            case FinalOutcome.NoSuchPartial(String id) ->
                CompletionProblems.gone().with("upload_id", id);
            case FinalOutcome.PartialIncomplete(String id) ->
                new ProblemException(ProblemType.UPLOAD_INCOMPLETE, "A partial upload lacks bytes.")
                        .with("upload_id", id);
            case FinalOutcome.NotPartial(String id) ->
                ProblemException.invalid("Upload-Concat", "must name partial uploads")
                        .with("upload_id", id);
            case FinalOutcome.TooLarge(long limit) -> tooLarge(limit);
            case FinalOutcome.DigestMismatch(var declared, var actual) -> CompletionProblems.mismatch(declared, actual);
            case FinalOutcome.Refused(var refusal) -> refusal.problem();
            case FinalOutcome.StorageFull full -> CompletionProblems.full();
            case FinalOutcome.Unavailable(var why) ->
                CompletionProblems.unavailable(why, "The partial uploads are as they were; ask again.");
            case FinalOutcome.Recorded recorded -> throw new IllegalArgumentException("a success is no problem");
        };
    }

    private static void expires(HttpHeaders headers, OpenUpload upload) {
        headers.setInstant(TusHeaders.EXPIRES, upload.expiresAt());
    }

    private static Map<String, String> metadata(OpenUpload upload) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("filename", upload.filename());
        metadata.put("filetype", upload.contentType());
        var tag = upload.tag();
        if (tag != null) {
            metadata.put("tag", tag.value());
        }
        var sha256 = upload.sha256();
        if (sha256 != null) {
            metadata.put("sha256", sha256.hex());
        }
        return metadata;
    }
}
