package dev.orchard.gateway.tus;

import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the headers of a tus request say, read for the controller. */
final class TusHeaders {
    static final String RESUMABLE = "Tus-Resumable";
    static final String VERSIONS = "Tus-Version";
    static final String VERSION = "1.0.0";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String DEFER_LENGTH = "Upload-Defer-Length";
    static final String METADATA = "Upload-Metadata";
    static final String EXPIRES = "Upload-Expires";
    static final String CONCAT = "Upload-Concat";
    static final String CHECKSUM = "Upload-Checksum";
    static final String CHUNK_TYPE = "application/offset+octet-stream";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final HttpServletRequest request;

    TusHeaders(HttpServletRequest request) {
        this.request = request;
    }

    void requireVersion() {
        if (!VERSION.equals(request.getHeader(RESUMABLE))) {
            throw new ProblemException(ProblemType.PROTOCOL_VERSION, "Send Tus-Resumable: " + VERSION + ".")
                    .withHeader(VERSIONS, VERSION);
        }
    }

    void requireChunk() {
        if (!isChunk()) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send " + CHUNK_TYPE + ".");
        }
    }

    boolean isChunk() {
        return CHUNK_TYPE.equalsIgnoreCase(request.getContentType());
    }

    long offset() {
        return number(OFFSET).orElseThrow(() -> malformed(OFFSET));
    }

    Optional<Long> length() {
        return number(LENGTH);
    }

    /** How long a new upload is; null where that comes later, which must be said. */
    @Nullable
    Long lengthOfNew() {
        String deferred = request.getHeader(DEFER_LENGTH);
        Long length = length().orElse(null);
        boolean saysOne = deferred == null ? length != null : length == null && deferred.equals("1");
        if (!saysOne) {
            throw malformed(LENGTH + " or " + DEFER_LENGTH);
        }
        return length;
    }

    /** How long the body is; null where only its end will tell. */
    @Nullable
    Long bodyLength() {
        long length = request.getContentLengthLong();
        return length < 0 ? null : length;
    }

    TusMetadata metadata() {
        try {
            return TusMetadata.of(request.getHeader(METADATA));
        } catch (IllegalArgumentException e) {
            throw malformed(METADATA);
        }
    }

    @Nullable
    ChunkChecksum checksum() {
        String header = request.getHeader(CHECKSUM);
        try {
            return header == null ? null : ChunkChecksum.of(header);
        } catch (IllegalArgumentException e) {
            throw malformed(CHECKSUM);
        }
    }

    Concat concat(ProjectName project, PackageName packageName) {
        String header = request.getHeader(CONCAT);
        try {
            return header == null ? new Concat.None() : Concat.of(header, project, packageName);
        } catch (IllegalArgumentException e) {
            throw malformed(CONCAT);
        }
    }

    /** The lines of a header as one value (RFC 9110, section 5.3). */
    @Nullable
    String all(String name) {
        var values = Collections.list(request.getHeaders(name));
        return values.isEmpty() ? null : String.join(", ", values);
    }

    private Optional<Long> number(String name) {
        String value = request.getHeader(name);
        if (value != null && !NUMBER.matcher(value).matches()) {
            throw malformed(name);
        }
        return Optional.ofNullable(value).map(Long::valueOf);
    }

    static ProblemException malformed(String name) {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST, name + " is missing or not as tus " + VERSION + " has it.");
    }
}
