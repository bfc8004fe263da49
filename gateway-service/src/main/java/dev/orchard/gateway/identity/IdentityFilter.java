package dev.orchard.gateway.identity;

import dev.orchard.support.context.RequestContext;
import dev.orchard.support.http.ServiceToken;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.support.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets only those in who hold the token, and gives every request its context. */
final class IdentityFilter extends OncePerRequestFilter {
    private static final Set<String> OPEN =
            Set.of("/health", "/api/v1/health", "/actuator/health/liveness", "/actuator/health/readiness");

    private static final String METRICS = "/actuator/prometheus";

    private final Credentials credentials;
    private final ServiceToken serviceToken;
    private final ProblemWriter problems;

    IdentityFilter(Credentials credentials, ServiceToken serviceToken, ProblemWriter problems) {
        this.credentials = credentials;
        this.serviceToken = serviceToken;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (credentials.areIn(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            context(request, "admin").filter(chain, request, response);
        } else if (OPEN.contains(request.getRequestURI()) || isScrape(request)) {
            context(request, "").filter(chain, request, response);
        } else {
            context(request, "").filter((in, out) -> refuse(request, response), request, response);
        }
    }

    /** Whoever gathers the numbers of all services holds one token for them, which opens nothing else here. */
    private boolean isScrape(HttpServletRequest request) {
        return request.getRequestURI().equals(METRICS)
                && serviceToken.matchesBearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    private static RequestContext context(HttpServletRequest request, String actor) {
        return new RequestContext(RequestContext.requestIdOf(request), actor, request.getRemoteAddr(), reason(request));
    }

    private static @Nullable String reason(HttpServletRequest request) {
        return Reason.of(request.getHeader(RequestContext.REASON));
    }

    /** One answer whatever is wrong with the token; two header lines, as not every browser parts two challenges. */
    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problems.write(
                new ProblemException(
                                ProblemType.UNAUTHENTICATED,
                                "Send the token as a bearer token, or as the password of HTTP Basic.")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"orchard\"")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"orchard\", charset=\"UTF-8\""),
                request,
                response);
    }
}
