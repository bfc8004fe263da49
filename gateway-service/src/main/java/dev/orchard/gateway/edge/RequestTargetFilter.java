package dev.orchard.gateway.edge;

import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.support.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses request targets that two readers could understand in two ways (RFC 3986): what is relayed must mean behind
 * the gateway what it meant before it.
 */
final class RequestTargetFilter extends OncePerRequestFilter {
    /** Dot segments, empty segments, path parameters, and encoded slashes, backslashes and control characters. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile("//|/(\\.|%2e){1,2}(/|$)|;|\\\\|%(2f|5c|3b|[01][0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

    private final ProblemWriter problems;

    RequestTargetFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (AMBIGUOUS.matcher(request.getRequestURI()).find() || !isUri(request)) {
            problems.write(
                    new ProblemException(ProblemType.MALFORMED_REQUEST, "The address can be read in two ways."),
                    request,
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isUri(HttpServletRequest request) {
        String query = request.getQueryString();
        try {
            var ignored = new URI(query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
