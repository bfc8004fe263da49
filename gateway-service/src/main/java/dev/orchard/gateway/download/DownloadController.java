package dev.orchard.gateway.download;

import dev.orchard.gateway.download.BlobReadClient.OpenOutcome;
import dev.orchard.gateway.download.ContentClient.FindOutcome;
import dev.orchard.gateway.download.ContentClient.Question;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Downloads by tag or digest, in whole or in part. */
@RestController
class DownloadController {
    private final DownloadService downloads;

    DownloadController(DownloadService downloads) {
        this.downloads = downloads;
    }

    @GetMapping("/api/v1/project/{project}/packages/{package}/download/{ref}")
    void download(
            @PathVariable ProjectName project,
            @PathVariable("package") PackageName packageName,
            @PathVariable ContentRef ref,
            @RequestParam(defaultValue = "false") boolean redirect,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var question = new Question(project, packageName, ref);
        var content = switch (downloads.find(question)) {
            case FindOutcome.Found found -> found.content();
            case FindOutcome.Refused refused -> throw refused.refusal().problem();
        };
        var link = redirect ? downloads.link(content) : Optional.<URI>empty();
        if (link.isPresent()) {
            response.setStatus(HttpStatus.TEMPORARY_REDIRECT.value());
            response.setHeader(HttpHeaders.LOCATION, link.get().toString());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            return;
        }
        for (var now = Optional.of(content); now.isPresent(); ) {
            now = answer(question, now.get(), request, response);
        }
    }

    /** Answers with the content, or says which other content is there by now. */
    private Optional<Content> answer(
            Question question, Content content, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var headers = new ServletServerHttpRequest(request).getHeaders();
        var conditions = new Conditions(headers, content.artifactId(), content.lastModified());
        var answer = new DownloadHeaders(response, content, question.ref());
        return switch (conditions.verdict()) {
            case FAILED -> throw failed(content);
            case NOT_MODIFIED -> {
                answer.notModified();
                yield Optional.empty();
            }
            case PROCEED -> {
                boolean ranged = request.getMethod().equals("GET") && conditions.allowRanges();
                String range = ranged ? headers.getFirst(HttpHeaders.RANGE) : null;
                yield switch (RangeRequest.of(range, content.size())) {
                    case RangeRequest.Unsatisfiable nothing -> throw unsatisfiable(content);
                    case RangeRequest.Whole whole -> send(question, content, List.of(), request, answer);
                    case RangeRequest.Parts parts -> send(question, content, parts.ranges(), request, answer);
                };
            }
        };
    }

    /** @param ranges what to send; none for all of it */
    private Optional<Content> send(
            Question question,
            Content content,
            List<ByteRange> ranges,
            HttpServletRequest request,
            DownloadHeaders answer)
            throws IOException {
        var method = HttpMethod.valueOf(request.getMethod());
        var first = ranges.isEmpty() ? ByteRange.whole(content.size()) : ranges.getFirst();
        return switch (downloads.open(method, question, content, first)) {
            case OpenOutcome.Opened opened -> {
                send(question, content, ranges, opened, method, answer);
                yield Optional.empty();
            }
            case OpenOutcome.Moved(var now) -> Optional.of(now);
            case OpenOutcome.Gone(var refusal) -> throw refusal.problem();
            case OpenOutcome.Damaged damaged ->
                throw new ProblemException(
                        ProblemType.BLOB_UNAVAILABLE, "Its bytes are missing or short; uploading them again heals it.");
            case OpenOutcome.Unavailable unavailable -> throw unreadable();
        };
    }

    private void send(
            Question question,
            Content content,
            List<ByteRange> ranges,
            OpenOutcome.Opened opened,
            HttpMethod method,
            DownloadHeaders answer)
            throws IOException {
        try (opened) {
            if (ranges.size() > 1) {
                var parts = new ByteRanges(ranges, UUID.randomUUID().toString(), content.contentType(), content.size());
                downloads.transfer(question, content, opened, parts, answer.parts(parts));
                return;
            }
            boolean gets = method.equals(HttpMethod.GET);
            if (gets && opened.range().length() <= DownloadHeaders.AT_ONCE) {
                byte[] few = few(opened);
                begin(answer.atOnce(), ranges).write(few);
                return;
            }
            var out = begin(answer, ranges);
            if (gets) {
                downloads.transfer(opened, out);
            }
        }
    }

    private static OutputStream begin(DownloadHeaders answer, List<ByteRange> ranges) throws IOException {
        return ranges.isEmpty() ? answer.whole() : answer.part(ranges.getFirst());
    }

    private byte[] few(OpenOutcome.Opened opened) {
        try {
            return downloads.read(opened);
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private static ProblemException unreadable() {
        return new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The store cannot be read now; try again.")
                .withHeader(HttpHeaders.RETRY_AFTER, "1");
    }

    private static ProblemException failed(Content content) {
        return new ProblemException(ProblemType.PRECONDITION_FAILED, "The content is now another.")
                .with("artifact_id", content.artifactId())
                .withHeader(HttpHeaders.ETAG, content.artifactId().asEntityTag());
    }

    private static ProblemException unsatisfiable(Content content) {
        return new ProblemException(ProblemType.RANGE_NOT_SATISFIABLE, "The content has " + content.size() + " bytes.")
                .withHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + content.size())
                .withHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    }
}
