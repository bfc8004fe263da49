package dev.orchard.support.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** A problem on its way to the client. Thrown in controllers and filters only: below them an outcome says it. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldProblem> errors;
    private final transient Map<String, Object> properties = new LinkedHashMap<>();
    private final transient HttpHeaders headers = new HttpHeaders();

    /** What is wrong with one input: its name in the contract, and the rule that it breaks. */
    public record FieldProblem(String field, String message) {}

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    public ProblemException(ProblemType type, String detail, List<FieldProblem> errors) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    /** An {@link ProblemType#INVALID_INPUT} about one field. */
    public static ProblemException invalid(String field, String message) {
        return new ProblemException(
                ProblemType.INVALID_INPUT, field + " " + message, List.of(new FieldProblem(field, message)));
    }

    /** Adds a member to the problem document. */
    public ProblemException with(String property, Object value) {
        properties.put(property, value);
        return this;
    }

    /** Adds a header line to the answer. */
    public ProblemException withHeader(String name, String value) {
        headers.add(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    HttpHeaders headers() {
        return headers;
    }

    ProblemDetail body() {
        var body = ProblemDetail.forStatus(HttpStatusCode.valueOf(type.status()));
        body.setType(type.uri());
        body.setTitle(type.title());
        body.setDetail(getMessage());
        properties.forEach(body::setProperty);
        if (!errors.isEmpty()) {
            body.setProperty("errors", errors);
        }
        return body;
    }
}
