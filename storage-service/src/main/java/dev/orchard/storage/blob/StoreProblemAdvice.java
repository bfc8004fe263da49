package dev.orchard.storage.blob;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.support.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells a caller at what the store failed, and to try again where that helps, before the advice of all services does. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StoreProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(StoreProblemAdvice.class);

    private final ProblemWriter problems;

    StoreProblemAdvice(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(StoreFailedException failure, HttpServletRequest request) {
        log.warn("{} {}: the store failed", request.getMethod(), request.getRequestURI(), failure);
        return problems.entity(problem(failure.kind()), request);
    }

    private static ProblemException problem(StoreFailedException.Kind kind) {
        return switch (kind) {
            case HASH_COMPUTATION ->
                new ProblemException(ProblemType.HASH_FAILED, "The bytes could not be read and summed up.");
            case EXISTENCE_CHECK -> again(ProblemType.EXISTENCE_UNKNOWN, "The store does not say what it holds");
            case UPLOAD -> again(ProblemType.UPLOAD_FAILED, "The store could not keep it");
            case DOWNLOAD -> again(ProblemType.DOWNLOAD_FAILED, "The store could not give it out");
            case DELETION, LISTING -> again(ProblemType.SERVICE_UNAVAILABLE, "The store cannot be reached");
        };
    }

    private static ProblemException again(ProblemType type, String what) {
        return new ProblemException(type, what + "; try again.").withHeader(HttpHeaders.RETRY_AFTER, "1");
    }
}
