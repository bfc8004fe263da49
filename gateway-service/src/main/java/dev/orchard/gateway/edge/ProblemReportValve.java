package dev.orchard.gateway.edge;

import dev.orchard.support.context.RequestContext;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import dev.orchard.support.problem.ProblemWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** Answers with a problem (RFC 9457) where Tomcat refuses a request before any filter has seen it. */
final class ProblemReportValve extends ErrorReportValve {
    private final ProblemWriter problems;

    ProblemReportValve(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setHeader(RequestContext.REQUEST_ID, RequestContext.requestIdOf(request));
            problems.write(problem(response.getStatus()), request, response);
            response.finishResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException problem(int status) {
        return switch (status) {
            case 404 -> new ProblemException(ProblemType.ROUTE_NOT_FOUND, "No route leads to this address.");
            case 405 -> new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This method is not taken anywhere.");
            default ->
                status < 500
                        ? new ProblemException(ProblemType.MALFORMED_REQUEST, "The request is not valid HTTP.")
                        : new ProblemException(ProblemType.INTERNAL_ERROR, "Name the request id when you report this.");
        };
    }
}
