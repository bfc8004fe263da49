package dev.orchard.storage.blob;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.support.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells a caller of a store that is away to try again, before the advice of all services takes it for our fault. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StoreProblemAdvice {
    private final ProblemWriter problems;

    StoreProblemAdvice(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(StoreUnavailableException failure, HttpServletRequest request) {
        return problems.entity(
                new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The store cannot be reached; try again.")
                        .withHeader(HttpHeaders.RETRY_AFTER, "1"),
                request);
    }
}
