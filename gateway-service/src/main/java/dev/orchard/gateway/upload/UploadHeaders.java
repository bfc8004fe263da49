package dev.orchard.gateway.upload;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What the headers of an upload say, read for the controller. */
final class UploadHeaders {
    private final HttpServletRequest request;
    private final @Nullable MediaType type;

    UploadHeaders(HttpServletRequest request) {
        this.request = request;
        this.type = type(request.getContentType());
    }

    /** The digest that is declared; with {@code X-Checksum-Deploy} there must be one. */
    @Nullable
    Sha256 declared() {
        var fields = Stream.of("Repr-Digest", "Content-Digest")
                .flatMap(name -> values(name).stream())
                .toList();
        var declared = DeclaredDigest.of(fields, values("X-Checksum-Sha256"));
        if (onlyKnownContent() && declared.isEmpty()) {
            throw new InvalidValueException("X-Checksum-Sha256", "must say which content X-Checksum-Deploy means");
        }
        return declared.orElse(null);
    }

    boolean onlyKnownContent() {
        return Boolean.parseBoolean(request.getHeader("X-Checksum-Deploy"));
    }

    boolean expectsContinue() {
        return request.getHeader(HttpHeaders.EXPECT) != null;
    }

    /** What a raw body is; null where nothing is said: by a form, or by the type that curl gives to whatever it sends. */
    @Nullable
    String fileType() {
        return type == null || isForm() || type.equalsTypeAndSubtype(MediaType.APPLICATION_FORM_URLENCODED)
                ? null
                : request.getContentType();
    }

    /** How long a raw body is, where that is known. */
    @Nullable
    Long fileLength() {
        long length = request.getContentLengthLong();
        return length < 0 || isForm() ? null : length;
    }

    /** The lines of a header as one value (RFC 9110, section 5.3). */
    @Nullable
    String all(String name) {
        var values = values(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /** The body, of which nothing is read yet. */
    UploadBody body() {
        try {
            return isForm()
                    ? MultipartBody.of(request.getInputStream(), request.getContentType())
                            .orElseThrow(() -> new ProblemException(
                                    ProblemType.MALFORMED_REQUEST, "The form's media type must name its boundary."))
                    : new RawBody(request.getInputStream());
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body cannot be read.");
        }
    }

    private boolean isForm() {
        return type != null && type.equalsTypeAndSubtype(MediaType.MULTIPART_FORM_DATA);
    }

    private List<String> values(String name) {
        return Collections.list(request.getHeaders(name));
    }

    private static @Nullable MediaType type(@Nullable String contentType) {
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException e) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Type is no media type.");
        }
    }
}
