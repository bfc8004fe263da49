package dev.orchard.parts;

import dev.orchard.infrastructure.kafka.KafkaPart;
import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A running Kafka broker. */
public final class KafkaServer implements AutoCloseable {
    private static final int PORT = 9092;
    private static final int PEER_PORT = 19092;

    private final Server server;

    private KafkaServer(Server server) {
        this.server = server;
    }

    /** A new one, in the folder if it is embedded; returns when it accepts clients. */
    public static KafkaServer start(Path folder) throws IOException {
        return new KafkaServer(
                switch (Provider.chosen()) {
                    case EMBEDDED ->
                        new EmbeddedServer(new KafkaPart(
                                JavaProgram.plain(), folder, folder.resolve("kafka.log"), Ports.free(), Ports.free()));
                    case CONTAINERS -> container();
                });
    }

    private static Server container() throws IOException {
        var server = new ContainerServer(Image.KAFKA, PORT, PEER_PORT);
        server.environment("KAFKA_", KafkaPart.SETTINGS);
        server.environment(
                "KAFKA_",
                Map.of(
                        "listeners", "CLIENTS://:9092,PEERS://:19092,CONTROLLER://:9093",
                        "advertised.listeners",
                                "CLIENTS://127.0.0.1:%d,PEERS://%s:%d"
                                        .formatted(server.port(), server.peerHost(), PEER_PORT),
                        "listener.security.protocol.map", "CLIENTS:PLAINTEXT,PEERS:PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "inter.broker.listener.name", "PEERS",
                        "controller.quorum.voters", "1@localhost:9093"));
        return server.startListening();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + server.port();
    }

    /** How Connect reaches it. */
    String peers() {
        return server.peerHost() + ":" + server.peerPort();
    }

    /** kill -9. */
    public void kill() {
        server.kill();
    }

    /** After a kill: over the same logs, on the same port. */
    public void restart() throws IOException {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
