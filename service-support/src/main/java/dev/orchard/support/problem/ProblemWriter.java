package dev.orchard.support.problem;

import dev.orchard.support.context.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Turns a problem into the answer, with the request's path and id in it. */
public final class ProblemWriter {
    private final JsonMapper json;

    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** The answer of a controller. */
    public ResponseEntity<Object> entity(ProblemException problem, HttpServletRequest request) {
        return ResponseEntity.status(problem.type().status())
                .headers(problem.headers())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(complete(problem, request));
    }

    /** The answer of a filter, which stands before all controllers. */
    public void write(ProblemException problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(problem.type().status());
        problem.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = json.writeValueAsBytes(complete(problem, request));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static ProblemDetail complete(ProblemException problem, HttpServletRequest request) {
        var body = problem.body();
        instance(body, request.getRequestURI());
        body.setProperty("request_id", RequestContext.current().requestId());
        return body;
    }

    /** A path that is no URI (it can hold anything a client sends) is left out rather than made up. */
    private static void instance(ProblemDetail body, String path) {
        try {
            body.setInstance(new URI(path));
        } catch (URISyntaxException e) {
            body.setProperty("instance", null);
        }
    }
}
