package dev.orchard.support.http;

import dev.orchard.support.context.RequestContext;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.support.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets only other services of this Orchard in, and takes the request's context from them. */
final class ServiceFilter extends OncePerRequestFilter {
    private final ServiceToken token;
    private final ProblemWriter problems;

    ServiceFilter(ServiceToken token, ProblemWriter problems) {
        this.token = token;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/health");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (token.matchesBearer(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            context(request).filter(chain, request, response);
        } else {
            new RequestContext(RequestContext.requestIdOf(request), "", "", null)
                    .filter(this::refuse, request, response);
        }
    }

    private void refuse(ServletRequest request, ServletResponse response) throws IOException {
        problems.write(
                new ProblemException(ProblemType.UNAUTHENTICATED, "Only services of this Orchard are let in here."),
                (HttpServletRequest) request,
                (HttpServletResponse) response);
    }

    private static RequestContext context(HttpServletRequest request) {
        return new RequestContext(
                RequestContext.requestIdOf(request),
                header(request, RequestContext.ACTOR).orElse(""),
                header(request, RequestContext.CLIENT_ADDRESS).orElse(""),
                header(request, RequestContext.REASON)
                        .map(reason -> URLDecoder.decode(reason, StandardCharsets.UTF_8))
                        .orElse(null));
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
