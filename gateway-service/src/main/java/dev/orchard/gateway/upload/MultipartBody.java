package dev.orchard.gateway.upload;

import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.TagName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;

/** A form (RFC 7578) with the file in {@code file} and, before or after it, perhaps a {@code tag}. */
final class MultipartBody implements UploadBody {
    private static final int PART_HEADER_LIMIT = 16 * 1024;
    private static final int TAG_LIMIT = 1024;

    private final JakartaServletFileUpload<?, ?> headers = new JakartaServletFileUpload<>();
    private final InputStream in;
    private final MultipartInput parts;
    private @Nullable TagName tag;
    private @Nullable FileItemHeaders file;

    private MultipartBody(InputStream in, MultipartInput parts) {
        this.in = in;
        this.parts = parts;
        headers.setHeaderCharset(StandardCharsets.UTF_8);
        parts.setHeaderCharset(StandardCharsets.UTF_8);
    }

    /** Empty if {@code contentType} names no boundary. */
    static Optional<MultipartBody> of(InputStream in, String contentType) throws IOException {
        byte[] boundary = new JakartaServletFileUpload<>().getBoundary(contentType);
        if (boundary == null || boundary.length == 0) {
            return Optional.empty();
        }
        return Optional.of(new MultipartBody(
                in,
                MultipartInput.builder()
                        .setInputStream(in)
                        .setBoundary(boundary)
                        .setPartHeaderSizeMax(PART_HEADER_LIMIT)
                        .get()));
    }

    @Override
    public InputStream file() throws IOException {
        if (parts.skipPreamble()) {
            do {
                if (isFile(readPart())) {
                    return parts.newInputStream();
                }
            } while (parts.readBoundary());
        }
        throw new InvalidValueException("file", "must be a part of the form");
    }

    @Override
    public About about() throws IOException {
        while (parts.readBoundary()) {
            if (isFile(readPart())) {
                throw new InvalidValueException("file", "must be one part of the form only");
            }
        }
        in.transferTo(OutputStream.nullOutputStream());
        if (file == null) {
            throw new IllegalStateException("the file comes first");
        }
        String name = headers.getFileName(file);
        return new About(
                tag, name == null || name.isEmpty() ? null : Filename.of(name), file.getHeader("Content-Type"));
    }

    /** Reads a part's headers, and its content too unless that is the file. */
    private FileItemHeaders readPart() throws IOException {
        var part = headers.getParsedHeaders(parts.readHeaders());
        if (isFile(part)) {
            file = file == null ? part : file;
        } else if ("tag".equals(headers.getFieldName(part))) {
            tag = tag(parts.newInputStream());
        } else {
            parts.discardBodyData();
        }
        return part;
    }

    private boolean isFile(FileItemHeaders part) {
        return "file".equals(headers.getFieldName(part));
    }

    /** A form always sends its fields: an empty one means none. */
    private static @Nullable TagName tag(InputStream field) throws IOException {
        byte[] text = field.readNBytes(TAG_LIMIT);
        if (field.read() >= 0) {
            throw new InvalidValueException("tag", "is too long");
        }
        String name = new String(text, StandardCharsets.UTF_8).strip();
        return name.isEmpty() ? null : TagName.of(name);
    }
}
