package dev.orchard.parts;

import java.io.IOException;

/** A part that runs, whoever provides it. */
interface Server extends AutoCloseable {
    /** The port of 127.0.0.1 on which a test reaches it. */
    int port();

    /** How another part of the same provider reaches it: host and port. */
    String peerHost();

    int peerPort();

    /** kill -9. */
    void kill();

    /** After a kill: over what is left, on the same port; returns when it answers. */
    void restart() throws IOException;

    @Override
    void close();
}
