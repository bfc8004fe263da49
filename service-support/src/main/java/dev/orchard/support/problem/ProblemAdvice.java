package dev.orchard.support.problem;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.problem.ProblemException.FieldProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.MimeType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** The edge where everything that goes wrong becomes a problem document; our own faults are logged here, once. */
@RestControllerAdvice
public final class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter writer;

    public ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            log.warn(
                    "{} {} broke off after its answer had begun: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    failure.toString());
            throw new AnswerCutOffException();
        }
        return writer.entity(problem(failure), request);
    }

    private static ProblemException problem(Exception failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case InvalidValueException invalid -> invalid(invalid);
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MethodArgumentNotValidException invalid -> invalid(invalid);
            case MissingServletRequestParameterException missing ->
                ProblemException.invalid(missing.getParameterName(), "is missing");
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case NoHandlerFoundException missing -> routeNotFound();
            case NoResourceFoundException missing -> routeNotFound();
            case HttpRequestMethodNotSupportedException method -> methodNotAllowed(method);
            case HttpMediaTypeNotSupportedException media ->
                new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
            case HttpMediaTypeNotAcceptableException media -> notAcceptable(media);
            case DataIntegrityViolationException text
            when unstorable(text) ->
                new ProblemException(ProblemType.MALFORMED_REQUEST, "The request holds the character U+0000.");
            case DataAccessResourceFailureException database -> unavailable("The database", database);
            case ResourceAccessException service -> unavailable("A service", service);
            case ErrorResponse spring
            when spring.getStatusCode().is4xxClientError() ->
                new ProblemException(ProblemType.MALFORMED_REQUEST, "The request does not fit this route.");
            default -> internal(failure);
        };
    }

    /** PostgreSQL takes any text but one with this character, wherever in a request it came from (SQLSTATE 22021). */
    private static boolean unstorable(DataIntegrityViolationException text) {
        return NestedExceptionUtils.getRootCause(text) instanceof SQLException e && "22021".equals(e.getSQLState());
    }

    private static ProblemException routeNotFound() {
        return new ProblemException(ProblemType.ROUTE_NOT_FOUND, "No route leads to this address.");
    }

    private static ProblemException invalid(InvalidValueException invalid) {
        return ProblemException.invalid(invalid.field(), String.valueOf(invalid.getMessage()));
    }

    private static ProblemException mismatch(MethodArgumentTypeMismatchException mismatch) {
        return NestedExceptionUtils.getRootCause(mismatch) instanceof InvalidValueException invalid
                ? invalid(invalid)
                : ProblemException.invalid(mismatch.getName(), "is not of the right type");
    }

    private static ProblemException invalid(MethodArgumentNotValidException invalid) {
        List<FieldProblem> errors = invalid.getFieldErrors().stream()
                .map(error -> new FieldProblem(inJson(error.getField()), String.valueOf(error.getDefaultMessage())))
                .toList();
        return new ProblemException(ProblemType.INVALID_INPUT, "The body breaks the rules of its fields.", errors);
    }

    private static ProblemException unreadable(HttpMessageNotReadableException unreadable) {
        return NestedExceptionUtils.getRootCause(unreadable) instanceof InvalidValueException invalid
                ? ProblemException.invalid(field(unreadable, invalid), String.valueOf(invalid.getMessage()))
                : new ProblemException(
                        ProblemType.MALFORMED_REQUEST, "The body is not the JSON that this route takes.");
    }

    /** Where the value stands in the body: the value itself only knows what kind of value it is. */
    private static String field(HttpMessageNotReadableException unreadable, InvalidValueException invalid) {
        return unreadable.getCause() instanceof JacksonException json
                        && !json.getPath().isEmpty()
                        && json.getPath().getLast().getPropertyName() != null
                ? json.getPath().getLast().getPropertyName()
                : invalid.field();
    }

    /** A record's component as the contract spells it. */
    private static String inJson(String component) {
        return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static ProblemException notAcceptable(HttpMediaTypeNotAcceptableException media) {
        String types = media.getSupportedMediaTypes().stream()
                .filter(MimeType::isConcrete)
                .map(type -> type.getType() + "/" + type.getSubtype())
                .distinct()
                .collect(Collectors.joining(" or "));
        return new ProblemException(
                ProblemType.NOT_ACCEPTABLE, "Accept " + (types.isEmpty() ? "application/json" : types) + ".");
    }

    private static ProblemException methodNotAllowed(HttpRequestMethodNotSupportedException method) {
        var supported = method.getSupportedMethods();
        var methods = new TreeSet<>(supported == null ? List.of() : List.of(supported));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        String allowed = String.join(", ", methods);
        return new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "Allowed here: " + allowed + ".")
                .withHeader(HttpHeaders.ALLOW, allowed);
    }

    private static ProblemException unavailable(String what, Exception failure) {
        log.warn("{} cannot be reached: {}", what, failure.toString());
        return new ProblemException(ProblemType.SERVICE_UNAVAILABLE, what + " cannot be reached; try again.")
                .withHeader(HttpHeaders.RETRY_AFTER, "1");
    }

    private static ProblemException internal(Exception failure) {
        log.error("a request failed", failure);
        return new ProblemException(ProblemType.INTERNAL_ERROR, "Name the request id when you report this.");
    }
}
