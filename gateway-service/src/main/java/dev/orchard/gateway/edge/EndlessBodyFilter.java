package dev.orchard.gateway.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.apache.coyote.CloseNowException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the connection of a body in chunks that goes on and on after its answer. The container reads what is left, so that
 * a client which sends first gets its answer; without an end it would read for ever.
 */
final class EndlessBodyFilter extends OncePerRequestFilter {
    private static final long PATIENCE_BYTES = 16 * 1024 * 1024;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        response.getOutputStream().close(); // the whole answer goes before anything more is read
        if (!ends(request.getInputStream())) {
            throw new CloseNowException("a body goes on and on after its answer");
        }
    }

    private static boolean ends(InputStream body) {
        byte[] buffer = new byte[64 * 1024];
        try {
            for (long left = PATIENCE_BYTES; left > 0; ) {
                int read = body.read(buffer);
                if (read < 0) {
                    return true;
                }
                left -= read;
            }
            return false;
        } catch (IOException broken) {
            return true;
        }
    }
}
