package dev.orchard.infrastructure.kafka;

import dev.orchard.infrastructure.process.JavaProgram;
import dev.orchard.infrastructure.process.Part;
import dev.orchard.infrastructure.process.Probe;
import dev.orchard.infrastructure.process.Program;
import dev.orchard.infrastructure.process.PropertiesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One Kafka node: broker and controller.
 *
 * @param folder holds its logs in {@code data}
 */
public record KafkaPart(JavaProgram java, Path folder, Path log, int port, int controllerPort) implements Part {
    /** One broker cannot replicate; short sessions and small buffers let it come back soon and stay small. */
    public static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("inter.broker.listener.name", "CLIENTS"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("num.partitions", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("broker.session.timeout.ms", "2000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
            Map.entry("log.index.size.max.bytes", "1048576"));

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void prepare() throws IOException {
        String controller = "127.0.0.1:" + controllerPort;
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("log.dirs", folder.resolve("data").toString());
        settings.put("listeners", "CLIENTS://" + bootstrapServers() + ",CONTROLLER://" + controller);
        settings.put("advertised.listeners", "CLIENTS://" + bootstrapServers());
        settings.put("controller.quorum.voters", "1@" + controller);
        PropertiesFile.write(properties(), settings);
    }

    @Override
    public Program program() throws IOException {
        return java.of(
                new JavaProgram.Module(
                        name(),
                        "standalone/kafka",
                        "dev.orchard.kafka.KafkaBroker",
                        256,
                        List.of(properties().toString())),
                Map.of(),
                log);
    }

    @Override
    public Probe probe() {
        return Probe.tcp(port);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    private Path properties() {
        return folder.resolve("kafka.properties");
    }
}
