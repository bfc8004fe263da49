package dev.orchard.gateway.upload;

import dev.orchard.support.naming.TagName;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A body on its way in, read once and in order: the file, then what follows it. */
sealed interface UploadBody permits RawBody, MultipartBody {
    /** What a body says of its file; null where it says nothing. */
    record About(
            @Nullable TagName tag,
            @Nullable Filename filename,
            @Nullable String contentType) {}

    /**
     * Reads on to the file.
     *
     * @throws IOException if the body breaks off before
     */
    InputStream file() throws IOException;

    /**
     * Reads on to the body's end, which must have come for the upload to be whole.
     *
     * @throws IOException if the body breaks off
     */
    About about() throws IOException;
}
