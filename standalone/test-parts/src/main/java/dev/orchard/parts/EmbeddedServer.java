package dev.orchard.parts;

import dev.orchard.infrastructure.process.Part;
import dev.orchard.infrastructure.process.RunningPart;
import java.io.IOException;

/** A process of this machine. */
final class EmbeddedServer implements Server {
    private final Part part;
    private RunningPart running;

    EmbeddedServer(Part part) throws IOException {
        this.part = part;
        this.running = RunningPart.start(part);
    }

    @Override
    public int port() {
        return part.port();
    }

    @Override
    public String peerHost() {
        return "127.0.0.1";
    }

    @Override
    public int peerPort() {
        return part.port();
    }

    @Override
    public void kill() {
        running.kill();
    }

    @Override
    public void restart() throws IOException {
        running = RunningPart.start(part);
    }

    @Override
    public void close() {
        running.close();
    }
}
