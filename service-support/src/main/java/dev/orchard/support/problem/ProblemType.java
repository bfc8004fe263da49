package dev.orchard.support.problem;

import java.net.URI;
import java.util.Locale;

/** Every kind of problem that a client can be told of; the URI of each is stable. */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "A valid token is needed"),
    ROUTE_NOT_FOUND(404, "There is nothing at this address"),
    PROJECT_NOT_FOUND(404, "There is no such project"),
    PACKAGE_NOT_FOUND(404, "There is no such package"),
    TAG_NOT_FOUND(404, "There is no such tag"),
    ARTIFACT_NOT_FOUND(404, "There is no such artifact"),
    UPLOAD_NOT_FOUND(404, "There is no such upload"),
    FSCK_NOT_FOUND(404, "There is no such check"),
    EVENT_NOT_FOUND(404, "There is no such event"),
    CONTENT_NOT_FOUND(404, "There is no such content to take over"),
    BLOB_NOT_FOUND(404, "There is no such blob"),
    LOG_PIECE_NOT_FOUND(404, "The log has no such piece"),
    METHOD_NOT_ALLOWED(405, "This address does not take that method"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be made"),
    PROJECT_EXISTS(409, "The project's name is taken"),
    PACKAGE_EXISTS(409, "The package's name is taken"),
    BLOB_EXISTS(409, "The blob's key is taken"),
    UPLOAD_INCOMPLETE(409, "Parts of the upload are missing"),
    UPLOAD_EXPIRED(409, "The upload took longer than it may"),
    UPLOAD_CONFLICT(409, "The upload is not as the request expects it"),
    FSCK_RUNNING(409, "A check of the whole is running"),
    PRECONDITION_FAILED(412, "The tag is not as the request expects it"),
    PROTOCOL_VERSION(412, "This version of the protocol is not spoken here"),
    CONTENT_TOO_LARGE(413, "The content is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type is not taken here"),
    RANGE_NOT_SATISFIABLE(416, "The range lies outside the content"),
    INVALID_INPUT(422, "The input is not valid"),
    DIGEST_MISMATCH(422, "The content is not what was declared"),
    CHECKSUM_MISMATCH(460, "The chunk is not what was declared"),
    INTERNAL_ERROR(500, "Orchard failed"),
    HASH_FAILED(500, "The digest of what is kept cannot be computed"),
    EXISTENCE_UNKNOWN(503, "Whether the content is there cannot be told now"),
    UPLOAD_FAILED(503, "The content cannot be kept now"),
    DOWNLOAD_FAILED(503, "The content cannot be given out now"),
    BLOB_UNAVAILABLE(503, "The content is known but cannot be read now"),
    EVENT_NOT_COVERED(503, "The event is under no signed checkpoint yet"),
    LOG_REFUSED(503, "The log is not signed any more"),
    SERVICE_UNAVAILABLE(503, "A part of Orchard cannot be reached now"),
    TOO_MANY_STREAMS(503, "As many live streams are open as there may be"),
    STORAGE_FULL(507, "There is no room left for the content");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** {@code urn:orchard:problem:project-not-found} and so on. */
    public URI uri() {
        return URI.create(
                "urn:orchard:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
