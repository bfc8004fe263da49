package dev.orchard.parts;

import dev.orchard.infrastructure.connect.ConnectPart;
import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Ports;
import dev.orchard.infrastructure.process.Probe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A running Kafka Connect worker with Debezium. */
public final class ConnectServer implements AutoCloseable {
    private static final int PORT = 8083;

    /** What Debezium's image asks for under names of its own. */
    private static final List<String> NAMED = List.of(
            "group.id",
            "config.storage.topic",
            "offset.storage.topic",
            "status.storage.topic",
            "key.converter",
            "value.converter");

    private final Server server;

    private ConnectServer(Server server) {
        this.server = server;
    }

    /** A worker of that Kafka; returns when its REST API answers. */
    public static ConnectServer start(Path folder, KafkaServer kafka) throws IOException {
        return new ConnectServer(
                switch (Provider.chosen()) {
                    case EMBEDDED ->
                        new EmbeddedServer(new ConnectPart(
                                JavaProgram.plain(),
                                folder,
                                folder.resolve("connect.log"),
                                Ports.free(),
                                kafka.bootstrapServers()));
                    case CONTAINERS -> container(kafka);
                });
    }

    private static Server container(KafkaServer kafka) throws IOException {
        var server = new ContainerServer(Image.CONNECT, PORT);
        server.environment("CONNECT_", ConnectPart.SETTINGS);
        server.environment("CONNECT_", Map.of("rest.advertised.host.name", server.peerHost()));
        server.environment("", Map.of("bootstrap.servers", kafka.peers()));
        NAMED.forEach(name -> server.environment("", Map.of(name, ConnectPart.SETTINGS.get(name))));
        return server.start(Probe.http(url(server).resolve("/connectors")));
    }

    /** Where its REST API is. */
    public URI url() {
        return url(server);
    }

    private static URI url(Server server) {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** kill -9. */
    public void kill() {
        server.kill();
    }

    /** After a kill: another life of the same worker. */
    public void restart() throws IOException {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
