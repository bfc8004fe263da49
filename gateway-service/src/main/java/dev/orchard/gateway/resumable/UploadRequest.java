package dev.orchard.gateway.resumable;

import dev.orchard.gateway.upload.Filename;
import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import org.jspecify.annotations.Nullable;

/** What a client says of an upload in parts before it sends any. */
record UploadRequest(
        @Nullable String filename,
        @Nullable Long size,
        @Nullable Sha256 sha256,
        @Nullable TagName tag,
        @Nullable String contentType) {
    private static final int TYPE_LIMIT = 255;

    UploadRequest {
        if (size != null && size < 0) {
            throw new InvalidValueException("size", "must not be negative");
        }
        if (contentType != null && (contentType.isBlank() || contentType.length() > TYPE_LIMIT)) {
            throw new InvalidValueException("content_type", "must be 1 to 255 characters long");
        }
    }

    /** @throws InvalidValueException if there is none, or none that can be shown */
    Filename name() {
        if (filename == null) {
            throw new InvalidValueException("filename", "is missing");
        }
        return Filename.of(filename);
    }

    String type() {
        return contentType == null ? "application/octet-stream" : contentType;
    }
}
