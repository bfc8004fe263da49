package dev.orchard.gateway.tus;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Names the protocol on every answer, refusals included, and takes a POST for the method that it stands for. */
final class TusFilter extends OncePerRequestFilter {
    private static final Pattern TUS = Pattern.compile("/api/v1/project/[^/]+/packages/[^/]+/tus(/.*)?");
    private static final Set<String> OVERRIDABLE = Set.of("PATCH", "DELETE");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !TUS.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(TusHeaders.RESUMABLE, TusHeaders.VERSION);
        String method = override(request);
        chain.doFilter(method == null ? request : new Overridden(request, method), response);
    }

    private static @Nullable String override(HttpServletRequest request) {
        String method = request.getHeader("X-HTTP-Method-Override");
        String upper = method == null ? "" : method.toUpperCase(Locale.ROOT);
        return request.getMethod().equals("POST") && OVERRIDABLE.contains(upper) ? upper : null;
    }

    private static final class Overridden extends HttpServletRequestWrapper {
        private final String method;

        Overridden(HttpServletRequest request, String method) {
            super(request);
            this.method = method;
        }

        @Override
        public String getMethod() {
            return method;
        }
    }
}
