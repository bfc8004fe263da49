package dev.orchard.system.benchmark;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A store that is measured: how it is asked for each operation. All but {@link #upload} expects content that it has. */
interface MeasuredStore extends AutoCloseable {
    String name();

    int port();

    /** Its processes by name; their children belong to them. */
    Map<String, Long> processes();

    boolean can(Workload.Kind kind);

    void upload(HttpConnection connection, Payload payload) throws IOException;

    void uploadTagged(HttpConnection connection, Payload payload) throws IOException;

    /** Takes content in that it has elsewhere, without its bytes. */
    void declareDuplicate(HttpConnection connection, Stored stored) throws IOException;

    /** @return how many bytes came */
    long download(HttpConnection connection, Stored stored, Optional<Range> range) throws IOException;

    /** Waits until what it does after its answers is done, so that nobody else's round pays for it. */
    default void settle() throws IOException {}

    @Override
    void close();

    /** The bytes of a download. */
    record Range(long first, long last) {
        String header() {
            return "\r\nRange: bytes=" + first + "-" + last;
        }
    }
}
