package dev.orchard.storage.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/** A blob that is being read; what was opened can be read to its end even if the blob is deleted meanwhile. */
public interface OpenBlob extends Closeable {
    /** Which part of the blob was opened. */
    BlobSlice slice();

    /**
     * Writes the slice, all of it and in order. Called once.
     *
     * @throws IOException if the sink takes no more, or the blob breaks off: then fewer bytes were written, never others
     */
    void writeTo(WritableByteChannel sink) throws IOException;

    /**
     * The slice as a stream, instead of {@link #writeTo}; it is closed with this. It fails where the blob breaks off, or
     * ends there: whoever reads counts the bytes.
     */
    InputStream stream();

    /** The file that holds the whole blob, for as long as the blob is not deleted; empty where no file does. */
    Optional<Path> file();
}
