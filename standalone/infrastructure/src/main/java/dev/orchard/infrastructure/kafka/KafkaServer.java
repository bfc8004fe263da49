package dev.orchard.infrastructure.kafka;

import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Ports;
import dev.orchard.infrastructure.process.RunningPart;
import java.io.IOException;
import java.nio.file.Path;

/** A running Kafka broker, for tests. */
public final class KafkaServer implements AutoCloseable {
    private final KafkaPart part;
    private final RunningPart running;

    private KafkaServer(KafkaPart part, RunningPart running) {
        this.part = part;
        this.running = running;
    }

    /** Over the logs in the folder, or new ones; returns when it accepts clients. */
    public static KafkaServer start(Path folder, int port) throws IOException {
        KafkaPart part = new KafkaPart(JavaProgram.plain(), folder, folder.resolve("kafka.log"), port, Ports.free());
        return new KafkaServer(part, RunningPart.start(part));
    }

    public String bootstrapServers() {
        return part.bootstrapServers();
    }

    public int port() {
        return part.port();
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
