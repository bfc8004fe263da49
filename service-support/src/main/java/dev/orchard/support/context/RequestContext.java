package dev.orchard.support.context;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Who acts, from where, for which request and why. It goes with every call between the services and into every event.
 *
 * @param requestId {@code [A-Za-z0-9._-]{1,64}}
 * @param actor the authenticated user; empty before there is one
 * @param clientAddress the address that the client called from
 * @param reason what the client gave as its reason, if anything
 */
public record RequestContext(
        String requestId,
        String actor,
        String clientAddress,
        @Nullable String reason) {
    public static final String REQUEST_ID = "X-Request-Id";
    public static final String ACTOR = "X-Orchard-Actor";
    public static final String CLIENT_ADDRESS = "X-Orchard-Client-Address";
    public static final String REASON = "X-Orchard-Reason";

    private static final Pattern WELL_FORMED_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();
    private static final RequestContext NONE = new RequestContext("none", "", "", null);

    /** The context of the request that this thread serves; outside of any request one whose actor is empty. */
    public static RequestContext current() {
        return CURRENT.orElse(NONE);
    }

    /** The context of work that Orchard does by itself. */
    public static RequestContext ofOrchard(String task) {
        return new RequestContext(newRequestId(), "orchard:" + task, "", null);
    }

    /** The client's own id where it is well-formed, a new one otherwise. */
    public static String requestIdOf(HttpServletRequest request) {
        String own = request.getHeader(REQUEST_ID);
        return own != null && WELL_FORMED_ID.matcher(own).matches() ? own : newRequestId();
    }

    /** Runs what is left of the chain in this context, named in the log lines, its id in the answer's header. */
    public void filter(FilterChain chain, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setHeader(REQUEST_ID, requestId);
        nameInLog();
        try {
            ScopedValue.where(CURRENT, this).call(() -> {
                chain.doFilter(request, response);
                return this;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            forgetInLog();
        }
    }

    /** Runs work in this context, on a thread that has none yet. */
    public void run(Runnable work) {
        nameInLog();
        try {
            ScopedValue.where(CURRENT, this).run(work);
        } finally {
            forgetInLog();
        }
    }

    private void nameInLog() {
        MDC.put("request_id", requestId);
        if (!actor.isEmpty()) {
            MDC.put("actor", actor);
        }
    }

    private static void forgetInLog() {
        MDC.remove("request_id");
        MDC.remove("actor");
    }

    private static String newRequestId() {
        return UUID.randomUUID().toString();
    }
}
