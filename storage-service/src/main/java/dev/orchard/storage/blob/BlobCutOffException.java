package dev.orchard.storage.blob;

import java.io.IOException;

/**
 * An answer that breaks off after its headers were sent, which must end the connection. It carries no cause: Spring takes
 * an {@link java.io.EOFException} or a reset anywhere in the chain for a client that has gone, and keeps the connection.
 */
final class BlobCutOffException extends IOException {
    private static final long serialVersionUID = 1L;

    BlobCutOffException(IOException failure) {
        super(failure.getClass().getSimpleName());
        setStackTrace(failure.getStackTrace());
    }
}
