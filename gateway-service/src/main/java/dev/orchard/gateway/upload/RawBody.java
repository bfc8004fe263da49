package dev.orchard.gateway.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A body that is the file and nothing else. */
record RawBody(InputStream in) implements UploadBody {
    @Override
    public InputStream file() {
        return in;
    }

    @Override
    public About about() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        return new About(null, null, null);
    }
}
