package dev.orchard.infrastructure.connect;

import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.RunningPart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A running Kafka Connect worker, for tests. */
public final class ConnectServer implements AutoCloseable {
    private final ConnectPart part;
    private final RunningPart running;

    private ConnectServer(ConnectPart part, RunningPart running) {
        this.part = part;
        this.running = running;
    }

    /** A worker of that Kafka; returns when its REST API answers. */
    public static ConnectServer start(Path folder, int port, String bootstrapServers) throws IOException {
        ConnectPart part =
                new ConnectPart(JavaProgram.plain(), folder, folder.resolve("connect.log"), port, bootstrapServers);
        return new ConnectServer(part, RunningPart.start(part));
    }

    public URI url() {
        return part.url();
    }

    public long pid() {
        return running.pid();
    }

    /** kill -9. */
    public void kill() {
        running.kill();
    }

    @Override
    public void close() {
        running.close();
    }
}
