package dev.orchard.gateway.relay;

import dev.orchard.gateway.GatewaySettings;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Reads JSON bodies of clients for the controllers, none longer than the gateway's bound. */
@Component
public final class JsonBody {
    private final int limit;

    JsonBody(GatewaySettings settings) {
        this.limit = Math.toIntExact(settings.jsonLimit().toBytes());
    }

    /** A body that must be there. */
    public byte[] read(HttpServletRequest request) {
        requireJson(request);
        return readBounded(request);
    }

    /** A body that may be left out, whatever its media type then says. */
    public byte[] readOptional(HttpServletRequest request) {
        byte[] body = readBounded(request);
        if (body.length > 0) {
            requireJson(request);
        }
        return body;
    }

    private byte[] readBounded(HttpServletRequest request) {
        boolean declaredTooLarge = request.getContentLengthLong() > limit;
        byte[] body = declaredTooLarge ? new byte[0] : readBody(request);
        if (declaredTooLarge || body.length > limit) {
            throw new ProblemException(ProblemType.CONTENT_TOO_LARGE, "A JSON body holds at most " + limit + " bytes.");
        }
        return body;
    }

    private byte[] readBody(HttpServletRequest request) {
        try {
            return request.getInputStream().readNBytes(limit + 1);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body breaks off.");
        }
    }

    private static void requireJson(HttpServletRequest request) {
        if (!isJson(request.getContentType())) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        try {
            return contentType != null
                    && MediaType.APPLICATION_JSON.isCompatibleWith(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
