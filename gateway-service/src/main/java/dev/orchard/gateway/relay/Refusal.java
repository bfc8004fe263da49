package dev.orchard.gateway.relay;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemException.FieldProblem;
import dev.orchard.support.problem.ProblemType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;
import tools.jackson.databind.JsonNode;

/**
 * What another service refused (RFC 9457), told to the client as the gateway's own answer.
 *
 * @param more members beyond the standard ones, such as the present digest of a tag
 */
public record Refusal(ProblemType type, String detail, List<FieldProblem> errors, Map<String, Object> more) {
    private static final Set<String> STANDARD =
            Set.of("type", "title", "status", "detail", "instance", "request_id", "errors");

    /** Where trying again helps. */
    private static final Set<ProblemType> TRY_AGAIN = EnumSet.of(
            ProblemType.SERVICE_UNAVAILABLE,
            ProblemType.EXISTENCE_UNKNOWN,
            ProblemType.UPLOAD_FAILED,
            ProblemType.DOWNLOAD_FAILED);

    /** @throws IllegalStateException if the answer is no problem that Orchard knows, or about the gateway itself */
    public static Refusal of(ConvertibleClientHttpResponse answer) throws IOException {
        var body = MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(
                        answer.getHeaders().getContentType())
                ? answer.bodyTo(JsonNode.class)
                : null;
        var type = body == null ? null : type(body.path("type").asString(""));
        if (body == null || type == null || type == ProblemType.UNAUTHENTICATED) {
            throw new IllegalStateException("another service answered " + answer.getStatusCode());
        }
        return new Refusal(type, body.path("detail").asString(""), errors(body), more(body));
    }

    /** The same problem, for the edge. */
    public ProblemException problem() {
        var problem = new ProblemException(type, detail, errors);
        more.forEach(problem::with);
        return TRY_AGAIN.contains(type) ? problem.withHeader(HttpHeaders.RETRY_AFTER, "1") : problem;
    }

    private static @Nullable ProblemType type(String uri) {
        return Stream.of(ProblemType.values())
                .filter(type -> type.uri().toString().equals(uri))
                .findFirst()
                .orElse(null);
    }

    private static List<FieldProblem> errors(JsonNode body) {
        return body.path("errors")
                .valueStream()
                .map(error -> new FieldProblem(
                        error.path("field").asString(""), error.path("message").asString("")))
                .toList();
    }

    private static Map<String, Object> more(JsonNode body) {
        Map<String, Object> more = new LinkedHashMap<>();
        body.forEachEntry((name, value) -> {
            if (!STANDARD.contains(name)) {
                more.put(name, value);
            }
        });
        return more;
    }
}
