package dev.orchard.infrastructure.connect;

import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Part;
import dev.orchard.infrastructure.process.Probe;
import dev.orchard.infrastructure.process.Program;
import dev.orchard.infrastructure.process.PropertiesFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Kafka Connect worker. It keeps what it knows in Kafka: the folder holds its properties file only. */
public record ConnectPart(JavaProgram java, Path folder, Path log, int port, String bootstrapServers) implements Part {
    public static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("group.id", "orchard-connect"),
            Map.entry("config.storage.topic", "orchard.connect.configs"),
            Map.entry("config.storage.replication.factor", "1"),
            Map.entry("offset.storage.topic", "orchard.connect.offsets"),
            Map.entry("offset.storage.replication.factor", "1"),
            Map.entry("offset.storage.partitions", "1"),
            Map.entry("status.storage.topic", "orchard.connect.status"),
            Map.entry("status.storage.replication.factor", "1"),
            Map.entry("status.storage.partitions", "1"),
            Map.entry("key.converter", "org.apache.kafka.connect.storage.StringConverter"),
            Map.entry("value.converter", "org.apache.kafka.connect.storage.StringConverter"),
            Map.entry("exactly.once.source.support", "enabled"),
            Map.entry("plugin.discovery", "SERVICE_LOAD"),
            Map.entry("scheduled.rebalance.max.delay.ms", "0"),
            Map.entry("session.timeout.ms", "6000"),
            Map.entry("heartbeat.interval.ms", "1000"),
            Map.entry("rest.advertised.host.name", "127.0.0.1"));

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public void prepare() throws IOException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("listeners", url().toString());
        PropertiesFile.write(properties(), settings);
    }

    @Override
    public Program program() throws IOException {
        return java.of(
                new JavaProgram.Module(
                        name(),
                        "standalone/connect",
                        "dev.orchard.connect.ConnectWorker",
                        256,
                        List.of(properties().toString())),
                Map.of(),
                log);
    }

    /** The list of connectors can be read only when the worker has joined its group and read its topics. */
    @Override
    public Probe probe() {
        return Probe.http(url().resolve("/connectors"));
    }

    /** Where its REST API is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private Path properties() {
        return folder.resolve("connect.properties");
    }
}
