package dev.orchard.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;

/** Runs one KRaft node, broker and its only voter, from a properties file, and formats its storage at the first start. */
public final class KafkaBroker {
    private KafkaBroker() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: KafkaBroker PROPERTIES-FILE");
            System.exit(2);
        }
        Properties properties = Utils.loadProps(arguments[0]);
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        formatOnce(config);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Exit.addShutdownHook("kafka-shutdown", server::shutdown);
        server.startup();
        server.awaitShutdown();
    }

    private static void formatOnce(KafkaConfig config) throws Exception {
        if (Files.exists(Path.of(config.metadataLogDir(), "meta.properties"))) {
            return;
        }
        Formatter formatter = new Formatter()
                .setPrintStream(System.out)
                .setNodeId(config.nodeId())
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(config.controllerListenerNames().get(0))
                .setMetadataLogDirectory(config.metadataLogDir())
                .setHasDynamicQuorum(false)
                .setIgnoreFormatted(true);
        config.logDirs().forEach(formatter::addDirectory);
        formatter.run();
    }
}
